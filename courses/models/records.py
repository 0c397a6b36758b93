"""Who has done what: enrolments, progress, and completions that nobody can rewrite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from courses.models.editions import Edition

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from courses.editions import Cap
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

    def current(self) -> Self:
        """Return the enrolments in which what is finished now counts."""
        return self.open().with_overtaken().filter(is_overtaken=False)

    def with_overtaken(self) -> Self:
        """Say of each, as `is_overtaken`, whether a later edition asks to start again."""
        again = Edition.objects.major().filter(
            course=OuterRef("course"),
            number__gt=OuterRef("edition_number"),
            half_way=Edition.HalfWay.AGAIN,
        )
        return self.annotate(is_overtaken=Exists(again))

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
    edition_number = models.PositiveSmallIntegerField(default=1, db_default=1)
    started_at = models.DateTimeField()

    is_overtaken: bool  # of `with_overtaken`

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
    def is_open(self) -> bool:
        """Whether what is finished now counts in this round (of `with_overtaken`)."""
        return not self.is_overtaken and not hasattr(self, "completion")

    @property
    def was_overtaken(self) -> bool:
        """Whether a later edition ended this round half-way (of `with_overtaken`)."""
        return self.is_overtaken and not hasattr(self, "completion")

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
        stamped = Q(valid_to=None) | Q(valid_to__gte=on)
        newer = Edition.objects.in_force(on=on).filter(
            course=OuterRef("course"), number__gt=OuterRef("edition_number")
        )
        return self.standing().filter(stamped, ~Exists(newer), completed_on__lte=on)

    def with_overtaken(self) -> Self:
        """Say of each, as `is_overtaken`, whether a later major edition touches it."""
        newer = Edition.objects.major().filter(
            course=OuterRef("course"), number__gt=OuterRef("edition_number")
        )
        return self.annotate(is_overtaken=Exists(newer))

    def standing(self) -> Self:
        """Return the completions that nobody revoked."""
        return self.filter(revocation=None)


class Completion(models.Model):
    """Proof that a person finished a course on a day. Append-only: the database refuses changes."""

    class Source(models.TextChoices):
        COURSE = "course", "Course"
        REFRESHER = "refresher", "Refresher course"
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
    edition_number = models.PositiveSmallIntegerField(default=1, db_default=1)
    source = models.CharField(max_length=10, choices=Source, default=Source.COURSE)
    completed_on = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day it counts. Empty: for good.")
    renews_from = models.DateField(null=True, help_text="The first day it may be renewed.")
    anchor_on = models.DateField(null=True, help_text="What the last day was counted from.")
    periods = models.PositiveSmallIntegerField(default=1, db_default=1)
    recorded_at = models.DateTimeField()

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("completed_on")),
                name="completion_valid_after_completed",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None, renews_from=None)
                | Q(
                    renews_from__isnull=False,
                    renews_from__gte=F("completed_on"),
                    renews_from__lte=F("valid_to"),
                ),
                name="completion_renews_before_end",
            ),
        ]
        indexes = [
            # Answers "covered on a day?" from the index alone.
            models.Index(
                fields=[
                    "member",
                    "course",
                    "-valid_to",
                    "completed_on",
                    "renews_from",
                    "edition_number",
                ],
                include=["id", "recorded_at"],
                name="completion_cover",
            )
        ]
        ordering = ["-completed_on", "-pk"]

    is_overtaken: bool  # of `with_overtaken`

    # Set by `courses.proofs` where a later edition makes it end earlier than it says.
    cap: Cap | None = None

    def __str__(self) -> str:
        return f"{self.course_title}, {self.completed_on}"

    @property
    def counts_until(self) -> date | None:
        """The last day it counts: as stamped, or earlier where a major edition says so."""
        ends = [day for day in (self.valid_to, self.cap and self.cap.until) if day]
        return min(ends, default=None)

    @property
    def may_renew_from(self) -> date | None:
        """The first day it may be renewed: as stamped, or earlier where an edition says so."""
        opens = [day for day in (self.renews_from, self.cap and self.cap.renews_from) if day]
        return min(opens, default=None)

    @property
    def is_revoked(self) -> bool:
        """Whether somebody took it back: it counts nowhere."""
        return hasattr(self, "revocation")

    @property
    def is_cut_short(self) -> bool:
        """Whether a later edition makes it end before the day it was stamped with."""
        return self.counts_until != self.valid_to

    def is_refreshable(self, *, on: date) -> bool:
        """Whether a refresher is enough to renew it. After a major edition it no longer is."""
        return self.cap is None and self.is_in_renewal(on=on)

    def is_in_renewal(self, *, on: date) -> bool:
        """Whether it counts on that day and may be renewed already."""
        opens, ends = self.may_renew_from, self.counts_until
        return bool(opens and ends and opens <= on <= ends)
