"""Training done elsewhere: what a member hands in, and what was decided about it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.paper import EARLIEST

if TYPE_CHECKING:
    from typing import Self

    from django.core.files.storage import Storage

    from courses.models.records import Completion
    from members.models import Member

PRIVATE = "private"  # the storage of files that have no address of their own
FOLDER = "evidence"
FILE_KEPT = dt.timedelta(days=30)  # after the decision; the row stays


def private_storage() -> Storage:
    return storages[PRIVATE]


def private_path(evidence: Evidence, filename: str) -> str:
    """Return a name nobody can guess; the person's own file name is kept in the row."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Words about evidence."""

    def waiting(self) -> Self:
        """Return what nobody has decided about, the oldest first."""
        return self.filter(decision=None).order_by("submitted_at", "pk")

    def newest(self) -> Self:
        """Return the last claim of each person for each course."""
        return self.filter(replaced_by=None)

    def with_outcome(self) -> Self:
        """Read along what was decided, and whether what came of it still stands."""
        return self.select_related("course", "decision__completion__revocation")

    def with_file_to_forget(self) -> Self:
        """Return those whose file has been kept long enough after the decision."""
        past = self.filter(decision__recorded_at__lte=timezone.now() - FILE_KEPT)
        return past.filter(forgotten=None).exclude(file="")

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own; all of it to who approves training done elsewhere."""
        if viewer.has_perm("courses.approve_evidence"):
            return self
        return self.filter(member=viewer)


class Evidence(models.Model):
    """A claim to have done training elsewhere that counts as one of our courses. Append-only.

    The claims of one person for one course are a chain: each names the one before it. The two
    constraints make it one line, and `courses.elsewhere` adds to it only when the last claim is
    decided; so there is never a second one waiting.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for us"
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent-back", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn by you"
        REVOKED = "revoked", "No longer counts"

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="evidence")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="evidence")
    provider = models.CharField("who gave the training", max_length=120)
    completed_on = models.DateField("the day you finished")
    expires_on = models.DateField("the last day it says it is valid", null=True, blank=True)
    file = models.FileField(upload_to=private_path, storage=private_storage, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    reference = models.CharField(
        "where the proof is kept",
        max_length=200,
        blank=True,
        help_text="If there is no file: for example a folder in the office, or an e-mail of a day.",
    )
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
        constraints = [
            models.UniqueConstraint(
                fields=["member", "course"],
                condition=Q(replaces=None),
                name="evidence_first_once",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__gte=EARLIEST), name="evidence_not_before_2000"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("completed_on")),
                name="evidence_ends_after_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.provider}"

    @property
    def outcome(self) -> EvidenceDecision | None:
        """What was decided; None while it waits."""
        return getattr(self, "decision", None)

    @property
    def completion(self) -> Completion | None:
        """The completion that came of it."""
        return self.outcome.completion if self.outcome else None

    @property
    def state(self) -> State:
        """Where it stands, for the person whose claim it is."""
        if self.outcome is None:
            return self.State.WAITING
        if self.completion and hasattr(self.completion, "revocation"):
            return self.State.REVOKED
        return self.State(self.outcome.outcome)

    @property
    def is_waiting(self) -> bool:
        return self.state is self.State.WAITING

    @property
    def is_sent_back(self) -> bool:
        return self.state is self.State.SENT_BACK

    @property
    def tone(self) -> str:
        tones = {"waiting": "doing", "sent-back": "due", "approved": "done"}
        return tones.get(self.state, "quiet")

    @property
    def file_kept_until(self) -> dt.date | None:
        """The last day we keep the file; None while nobody has decided, and without a file."""
        if not self.file or self.outcome is None:
            return None
        return timezone.localdate(self.outcome.recorded_at + FILE_KEPT)

    @property
    def has_file(self) -> bool:
        """Whether its file may still be looked at: gone or due to go is the same."""
        if not self.file:
            return False
        return self.outcome is None or self.outcome.recorded_at > timezone.now() - FILE_KEPT


class EvidenceDecision(models.Model):
    """What was decided about it: approved (then there is a completion), sent back, withdrawn."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent-back", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True, help_text="The person reads this.")
    completed_on = models.DateField("the day that counts as finished", null=True)
    expires_on = models.DateField("the last day the proof gives", null=True)
    completion = models.OneToOneField(
        "courses.Completion", models.PROTECT, null=True, related_name="evidence_decision"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome="approved", completion__isnull=False, completed_on__isnull=False
                )
                | (~Q(outcome="approved") & Q(completion=None, completed_on=None)),
                name="evidence_approved_counts",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent-back", reason=""), name="evidence_sent_back_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}: {self.get_outcome_display()}"


class ForgottenFile(models.Model):
    """The file of a claim was deleted, on a day. Append-only, as the claim is."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="forgotten")
    recorded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.evidence}: file deleted"
