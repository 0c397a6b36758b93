"""What should never have counted."""

from __future__ import annotations

from django.db import models

from courses.models.records import Completion


class Revocation(models.Model):
    """A completion that never should have counted. Append-only; on every day, once it is known."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        permissions = [("revoke_completion", "Can revoke completions")]

    def __str__(self) -> str:
        return f"Revoked: {self.completion}"
