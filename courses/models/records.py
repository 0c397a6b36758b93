"""Who has done what: enrolments, progress, and completions that nobody can rewrite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models import Member
    from quizzes.models import Sitting

OCCASION = "enrolment"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Words about enrolments."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own: how people learn is for nobody else."""
        return self.filter(member=viewer)

    def open(self) -> Self:
        """Return the enrolments not yet completed."""
        return self.filter(completion=None)

    def sat_for(self, sitting: Sitting) -> Self:
        """Return the round a quiz was sat for; none when it was sat for something else."""
        name, _, number = sitting.occasion.partition(":")
        if name != OCCASION or not number.isdigit():
            return self.none()
        return self.filter(pk=int(number), member_id=sitting.member_id)


class Enrolment(models.Model):
    """One person's round of one course. A renewal is a new cycle; nothing is ever reset."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="enrolments")
    cycle = models.PositiveSmallIntegerField(default=1)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The edition of the course that was current at the start.",
    )
    started_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "course", "cycle"], name="enrolment_cycle_once"
            )
        ]
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.member}: {self.course}, round {self.cycle}"

    @property
    def occasion(self) -> str:
        """The name under which quizzes count the attempts of this round."""
        return f"{OCCASION}:{self.pk}"


class StepProgress(models.Model):
    """A part that was finished, in the version that was read."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    step = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step"], name="step_finished_once")
        ]

    def __str__(self) -> str:
        return f"{self.step} in {self.enrolment}"


class CompletionQuerySet(models.QuerySet["Completion"]):
    """Words about completions."""

    def valid(self, *, on: date) -> Self:
        """Return the completions that count on that day. The last day is included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), completed_on__lte=on)


class Completion(models.Model):
    """Proof that a person finished a course on a day. Append-only: the database refuses changes."""

    class Source(models.TextChoices):
        COURSE = "course", "Course"
        WEBINAR = "webinar", "Webinar"
        EVIDENCE = "evidence", "Training elsewhere"
        IMPORTED = "imported", "Imported record"

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="completions")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="completions")
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, null=True, related_name="completion"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The edition of the course that was taught.",
    )
    course_title = models.CharField(max_length=255)
    edition = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.COURSE)
    completed_on = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day it counts. Empty: for good.")
    recorded_at = models.DateTimeField()

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("completed_on")),
                name="completion_valid_after_completed",
            )
        ]
        indexes = [
            # Answers "covered on a day?" from the index alone.
            models.Index(
                fields=["member", "course", "-valid_to", "completed_on"], name="completion_cover"
            )
        ]
        ordering = ["-completed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.course_title}, {self.completed_on}"
