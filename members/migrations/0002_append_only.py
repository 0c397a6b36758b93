"""The audit trail only grows."""

from django.db import migrations

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [append_only("members_auditevent"), append_only("members_auditsubject")]
