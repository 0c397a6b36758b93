"""An assignment that somebody prepares step by step, and what was made of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from members.models import Member

UNDO = timedelta(hours=24)  # no mail about an assignment leaves before
KEPT_DAYS = 30


class AssignmentDraftQuerySet(models.QuerySet["AssignmentDraft"]):
    """Words about drafts."""

    def open_to(self, owner: Member) -> Self:
        """Return the drafts this person may see: their own, not carried out yet."""
        return self.filter(owner=owner, done_at=None)

    def done(self) -> Self:
        """Return what was carried out: for everybody who may decide."""
        return self.exclude(done_at=None)

    def forgotten(self, *, now: datetime) -> Self:
        """Return those that nobody has touched for thirty days."""
        return self.filter(updated_at__lt=now - timedelta(days=KEPT_DAYS))


class AssignmentDraft(models.Model):
    """What somebody has filled in so far. Carried out, it says what was made, and forgets whom."""

    owner = models.ForeignKey("members.Member", models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    batch = models.UUIDField(default=uuid.uuid4, unique=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    requirement = models.ForeignKey(
        "compliance.Requirement", models.PROTECT, null=True, related_name="+"
    )
    stamp = models.CharField(max_length=64, blank=True)  # of a requirement it made
    people = models.PositiveIntegerField(null=True)

    objects = AssignmentDraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(requirement__isnull=False, people__isnull=False),
                name="draft_done_says_what",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False),
                name="draft_undone_was_done",
            ),
        ]
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return str(self.requirement) if self.requirement else self.title

    @property
    def title(self) -> str:
        """What it is called until it is carried out."""
        what = self.data.get("what", {})
        return what.get("title") or "An assignment"

    @property
    def makes_requirement(self) -> bool:
        """Whether carrying it out made a requirement."""
        return bool(self.stamp)

    @property
    def undo_until(self) -> datetime | None:
        """Until when what was done can be taken back as a whole."""
        return self.done_at + UNDO if self.done_at else None
