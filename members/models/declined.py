"""Mail somebody need not get and does not want."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Declined(models.Model):
    """A member has switched one kind of optional mail off. Without a row they get it."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="declined")
    kind = models.SlugField()
    declined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="declined_once"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind
