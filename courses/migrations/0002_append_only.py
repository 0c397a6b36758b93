"""A completion is never rewritten."""

from django.db import migrations

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("members", "0002_append_only")]

    operations = [append_only("courses_completion")]
