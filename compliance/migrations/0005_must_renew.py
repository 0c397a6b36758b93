"""Whether a requirement is meant to be renewed.

SQLite makes the versions' table anew: it needs its triggers again.
"""

from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("compliance", "0004_versions_and_decisions_only_grow")]

    operations = [
        migrations.AddField(
            model_name="requirementversion",
            name="must_renew",
            field=models.BooleanField(
                default=False,
                help_text="Then no course that counts for good will do.",
                verbose_name="it must be renewed",
            ),
        ),
        append_only("compliance_requirementversion"),
    ]
