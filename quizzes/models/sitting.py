"""Sittings: one person's go at one quiz, and the answers in it. Never deleted once submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from quizzes.marking import needed
from quizzes.papers import AskedQuestion

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member
    from quizzes.papers import Choice


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Words about sittings."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own sittings: answers and scores are for nobody else."""
        return self.filter(member=viewer)

    def open(self) -> Self:
        """Return the sittings not yet submitted."""
        return self.filter(submitted_at=None)

    def submitted(self) -> Self:
        """Return the sittings that were submitted and marked."""
        return self.exclude(submitted_at=None)


class Sitting(models.Model):
    """One go at a quiz. Its rules and questions are those of the moment it began."""

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
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    max_score = models.PositiveSmallIntegerField(null=True)
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
                condition=Q(submitted_at=None, score=None, max_score=None, passed=None)
                | Q(
                    submitted_at__isnull=False,
                    score__isnull=False,
                    max_score__isnull=False,
                    passed__isnull=False,
                    score__lte=F("max_score"),
                ),
                name="sitting_marked_when_submitted",
            ),
        ]
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.quiz}, attempt {self.number}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def score_needed(self) -> int:
        """The smallest score that passes; of a marked sitting."""
        return needed(max_score=self.max_score or 0, pass_mark=self.pass_mark)

    def get_absolute_url(self) -> str:
        """Return the address that leads to where the person left off."""
        return reverse("quizzes:resume", args=[self.pk])


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Words about answers."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own answers: they are for nobody else."""
        return self.filter(sitting__member=viewer)

    def unanswered(self) -> Self:
        """Return the questions nothing was chosen for yet."""
        return self.filter(answered_at=None)


class Answer(models.Model):
    """One question of a sitting, in the version that was asked, and what was chosen."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="answers")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    option_order = models.JSONField(help_text="Option keys in the order this person saw.")
    chosen = models.JSONField(default=list, help_text="Option keys this person chose.")
    answered_at = models.DateTimeField(null=True)
    mark = models.PositiveSmallIntegerField(null=True, help_text="1 right, 0 not, at marking.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="answer_position_once"),
            models.UniqueConstraint(fields=["sitting", "question"], name="answer_question_once"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"Question {self.position}"

    @cached_property
    def asked(self) -> AskedQuestion:
        """The question as this person was asked it."""
        return AskedQuestion.read(self.revision.content, self.option_order)

    @property
    def picked(self) -> list[Choice]:
        """What this person chose."""
        return self.asked.picked(self.chosen)

    @property
    def right_choices(self) -> list[Choice]:
        """What would have been right."""
        return self.asked.picked(self.asked.right)
