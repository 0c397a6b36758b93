"""Training done elsewhere: what a member hands in, and what was decided about it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member

PRIVATE = "private"  # the storage of files that have no address of their own


def private_storage() -> object:
    return storages[PRIVATE]


def private_path(evidence: Evidence, filename: str) -> str:
    """Return a name nobody can guess; the person's own file name is kept in the row."""
    return f"evidence/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Words about evidence."""

    def waiting(self) -> Self:
        """Return what nobody has decided about, the oldest first."""
        return self.filter(decision=None).order_by("submitted_at", "pk")

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own; all of it to who approves training done elsewhere."""
        if viewer.has_perm("courses.approve_evidence"):
            return self
        return self.filter(member=viewer)


class Evidence(models.Model):
    """A claim to have done training elsewhere that counts as one of our courses. Append-only."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="evidence")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="evidence")
    provider = models.CharField("who gave the training", max_length=120)
    completed_on = models.DateField("the day you finished")
    expires_on = models.DateField("the last day it says it is valid", null=True, blank=True)
    file = models.FileField(upload_to=private_path, storage=private_storage, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "training elsewhere"
        verbose_name_plural = "training elsewhere"
        default_permissions = ()
        permissions = [("approve_evidence", "Can decide about training done elsewhere")]
        ordering = ["-submitted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.member}: {self.provider}"


class EvidenceDecision(models.Model):
    """What was decided about it: approved (then there is a completion), sent back, withdrawn."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent-back", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True, help_text="The person reads this.")
    completion = models.OneToOneField(
        "courses.Completion", models.PROTECT, null=True, related_name="evidence_decision"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome="approved", completion__isnull=False))
                | (~Q(outcome="approved") & Q(completion=None)),
                name="evidence_approved_counts",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent-back", reason=""), name="evidence_sent_back_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.get_outcome_display()}"
