"""The ledger of reminders. It only grows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0005_must_renew"),
        ("members", "0005_tenure_history_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.DateField()),
                ("code", models.CharField(max_length=20)),
                ("sent_as", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("mail", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="members.mail")),
                ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to=settings.AUTH_USER_MODEL)),
                ("requirement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="compliance.requirement")),
                ("sent_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-recorded_at", "-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_as", ""), ("sent_by", None)),
                            models.Q(("sent_by__isnull", False), models.Q(("sent_as", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reminder_by_an_officer_says_who",
                    ),
                    models.UniqueConstraint(
                        fields=("member", "requirement", "cycle", "code"), name="reminder_once"
                    ),
                ],
            },
        ),
        append_only("compliance_reminder"),
    ]
