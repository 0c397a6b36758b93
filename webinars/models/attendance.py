"""Who was there: what a meeting tool's file says, and what was decided about each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member


class AttendanceFileQuerySet(models.QuerySet["AttendanceFile"]):
    """Words about files of attendance."""

    def counting(self) -> Self:
        """Return those that were confirmed and not undone."""
        return self.filter(confirmed_at__isnull=False, undone_at=None)


class AttendanceFile(models.Model):
    """A report that was uploaded for a session. Nothing of it counts before it is confirmed."""

    session = models.ForeignKey("webinars.Session", models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    layout = models.CharField(max_length=20)
    notes = models.JSONField(default=list, help_text="What had to be said about the file or a row.")
    uploaded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = AttendanceFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "digest"],
                condition=Q(undone_at=None),
                name="attendance_file_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        return self.confirmed_at is not None and self.undone_at is None


class VisitorQuerySet(models.QuerySet["Visitor"]):
    """Words about people in files."""

    def to_settle(self) -> Self:
        """Return those of whom somebody must say who they are, or that they are nobody's."""
        unclear = [Visitor.State.DOUBTFUL, Visitor.State.UNMATCHED]
        return self.filter(state__in=unclear, settled_by=None)


class Visitor(models.Model):
    """One person as a file names them, with the times they were there. Forgotten after 30 days."""

    class State(models.TextChoices):
        MATCHED = "matched", "Matched"
        DOUBTFUL = "doubtful", "Doubtful"
        UNMATCHED = "unmatched", "Not matched"
        IGNORED = "ignored", "Ignored"

    file = models.ForeignKey(AttendanceFile, models.CASCADE, related_name="visitors")
    row = models.PositiveIntegerField(help_text="The first row of the file that names them.")
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    # Pairs of moments in ISO 8601, UTC; empty when the file tells no times.
    intervals = models.JSONField(default=list)
    # How long they were there as far as the file tells; None is unknown, which is not zero.
    seconds = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State)
    member = models.ForeignKey("members.Member", models.CASCADE, null=True, related_name="+")
    confidence = models.PositiveSmallIntegerField(default=0, help_text="Of 100.")
    reason = models.CharField(max_length=120, blank=True, help_text="Why, in words.")
    settled_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    objects = VisitorQuerySet.as_manager()

    class Meta:
        ordering = ["file", "row"]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="visitor_row_once"),
            models.CheckConstraint(
                condition=Q(state="matched", member__isnull=False)
                | (~Q(state="matched") & Q(member=None)),
                name="visitor_matched_has_member",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"Row {self.row}"


class KnownName(models.Model):
    """A name under which somebody shows up in meetings, learned when a doubt was settled."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="known_names")
    name = models.CharField(max_length=200, help_text="As matching.normal writes it.")
    learned_at = models.DateTimeField(default=timezone.now)
    learned_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="known_name_once")]
        indexes = [models.Index(fields=["name"], name="known_name")]

    def __str__(self) -> str:
        return self.name


class CheckInCode(models.Model):
    """A code that is shown on the screen for some minutes: who enters it then is there."""

    session = models.ForeignKey("webinars.Session", models.CASCADE, related_name="codes")
    code = models.CharField(max_length=8)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="code_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"Code of {self.session}"


class CheckIn(models.Model):
    """Somebody entered the code of a session inside its window."""

    session = models.ForeignKey("webinars.Session", models.CASCADE, related_name="check_ins")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="check_ins")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="checked_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} at {self.session}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Words about attendance."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own. Hosts find theirs through the session."""
        return self.filter(member=viewer)


class Attendance(models.Model):
    """What was decided about one person and one session."""

    class Outcome(models.TextChoices):
        ATTENDED = "attended", "Attended"
        PART = "part", "Attended in part"
        UNKNOWN = "unknown", "Was there, not known how long"
        ABSENT = "absent", "Did not come"

    class How(models.TextChoices):
        FILE = "file", "From the meeting tool's report"
        CODE = "code", "Checked in with the code"
        HAND = "hand", "Entered by the host"

    session = models.ForeignKey("webinars.Session", models.PROTECT, related_name="attendance")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="attendance")
    outcome = models.CharField(max_length=10, choices=Outcome)
    how = models.CharField(max_length=5, choices=How)
    seconds = models.PositiveIntegerField(
        null=True, help_text="During the session. Empty: unknown."
    )
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="attendance_once")
        ]
        indexes = [models.Index(fields=["member", "outcome"], name="attendance_of_member")]

    def __str__(self) -> str:
        return f"{self.member} at {self.session}: {self.get_outcome_display()}"

    @property
    def is_full(self) -> bool:
        return self.outcome == self.Outcome.ATTENDED

    @property
    def is_part(self) -> bool:
        """Whether the rest may be made up for with the recording and the quiz."""
        return self.outcome in {self.Outcome.PART, self.Outcome.UNKNOWN}


class SessionFigure(models.Model):
    """What is left of the attendance of a session after a year: numbers by region and post."""

    session = models.ForeignKey("webinars.Session", models.CASCADE, related_name="figures")
    region = models.ForeignKey("members.Unit", models.PROTECT, null=True, related_name="+")
    post_kind = models.ForeignKey("members.PostKind", models.PROTECT, null=True, related_name="+")
    booked = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)
    part = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "session",
                Coalesce("region", 0),
                Coalesce("post_kind", 0),
                name="session_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"Figures of {self.session}"
