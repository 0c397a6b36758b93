"""Sittings: one person's go at one quiz. Never deleted once submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from quizzes.marking import needed
from quizzes.models.quiz import Quiz
from quizzes.scores import POINT, shown

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member


def is_over(of: str = "") -> Q:
    """Whether the time of a sitting with a limit is up, by the database's clock; `of` leads to
    the sitting."""
    return Q(**{f"{of}closes_at__isnull": False, f"{of}closes_at__lte": Now()})


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Words about sittings."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own sittings: answers and scores are for nobody else."""
        return self.filter(member=viewer)

    def open(self) -> Self:
        """Return the sittings not yet submitted."""
        return self.filter(submitted_at=None)

    def submitted(self) -> Self:
        """Return the sittings that were submitted; a person may still have to mark some."""
        return self.exclude(submitted_at=None)

    def marked(self) -> Self:
        """Return the sittings with a result."""
        return self.exclude(marked_at=None)

    def showing_marks(self) -> Self:
        """Return those whose people may see which answers were right: see `shows_marks`."""
        return self.marked().exclude(shows=Quiz.Shows.SCORE)

    def with_clock(self) -> Self:
        """Add `is_over`."""
        return self.annotate(is_over=is_over())

    def out_of_time(self) -> Self:
        """Return the open sittings whose time is up."""
        return self.open().filter(closes_at__lte=Now())


class Sitting(models.Model):
    """One go at a quiz. Its rules and questions are those of the moment it began.

    Scores are whole hundredths of a point: see `quizzes.scores`.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="sittings")
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="sittings")
    occasion = models.CharField(
        max_length=60,
        blank=True,
        help_text="What it was sat for, in the caller's words; attempts count per occasion.",
    )
    return_to = models.CharField(
        max_length=200, blank=True, help_text="The page of this site that sent the person here."
    )
    number = models.PositiveSmallIntegerField(help_text="1 for the first attempt of an occasion.")
    pass_mark = models.PositiveSmallIntegerField()
    feedback_when = models.CharField(
        max_length=10, choices=Quiz.FeedbackWhen, default=Quiz.FeedbackWhen.END
    )
    shows = models.CharField(max_length=10, choices=Quiz.Shows, default=Quiz.Shows.ALL)
    started_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, help_text="When its time is up, if it has a limit.")
    submitted_at = models.DateTimeField(null=True)
    is_timed_out = models.BooleanField(default=False)
    marked_at = models.DateTimeField(null=True)
    score = models.PositiveIntegerField(null=True)
    max_score = models.PositiveIntegerField(null=True)
    passed = models.BooleanField(null=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "quiz"], condition=Q(submitted_at=None), name="sitting_open_once"
            ),
            models.UniqueConstraint(
                fields=["member", "quiz", "occasion", "number"], name="sitting_number_once"
            ),
            models.CheckConstraint(
                condition=Q(marked_at=None, score=None, max_score=None, passed=None)
                | Q(
                    submitted_at__isnull=False,
                    marked_at__isnull=False,
                    score__isnull=False,
                    max_score__isnull=False,
                    passed__isnull=False,
                    score__lte=F("max_score"),
                ),
                name="sitting_marked_after_submitted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(submitted_at=None, closes_at__isnull=False),
                name="sitting_running_out",
            )
        ]
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.quiz}, attempt {self.number}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_marked(self) -> bool:
        return self.marked_at is not None

    @property
    def awaits_marking(self) -> bool:
        """Whether it is submitted and a person has to mark some of it."""
        return not self.is_open and not self.is_marked

    @property
    def score_needed(self) -> int:
        """The smallest score that passes; of a marked sitting."""
        return needed(max_score=self.max_score or 0, pass_mark=self.pass_mark)

    @property
    def score_shown(self) -> str:
        return shown(self.score or 0)

    @property
    def max_shown(self) -> str:
        return shown(self.max_score or 0)

    @property
    def needed_shown(self) -> str:
        """What it takes to pass: points, or per cent where that is not a whole number of them."""
        whole = self.score_needed % POINT == 0
        return shown(self.score_needed) if whole else f"{self.pass_mark}%"

    @property
    def reached_the_mark(self) -> bool:
        """Whether the score is enough; who is short of a question that must be right fails."""
        return self.is_marked and (self.score or 0) >= self.score_needed

    @property
    def shows_right_answers(self) -> bool:
        """Whether the person may now see what would have been right, and why."""
        after_pass = self.shows == Quiz.Shows.AFTER_PASS and bool(self.passed)
        return self.is_marked and (self.shows == Quiz.Shows.ALL or after_pass)

    @property
    def shows_marks(self) -> bool:
        """Whether the person may now see which answers were right."""
        return self.is_marked and self.shows != Quiz.Shows.SCORE

    def get_absolute_url(self) -> str:
        """Return the address that leads to where the person left off."""
        return reverse("quizzes:resume", args=[self.pk])
