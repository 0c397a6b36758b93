"""What was known of a tenure before it was corrected. The database's triggers write it."""

from __future__ import annotations

from django.db import models


class TenureHistory(models.Model):
    """A tenure as it stood on record from `recorded_at` until `superseded_at`.

    Filled by triggers on every change of a tenure, however it is made; so "as we knew it then" can
    be answered. Append-only.
    """

    tenure_id = models.BigIntegerField()
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    post_kind = models.ForeignKey("members.PostKind", models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.Unit", models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["tenure_id", "superseded_at"], name="tenure_history")]

    def __str__(self) -> str:
        return f"Tenure {self.tenure_id} until {self.superseded_at}"
