"""The answers in a sitting, and what people wrote in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from quizzes.asked import AskedQuestion
from quizzes.kinds import TYPED
from quizzes.models.sitting import Sitting
from quizzes.scores import FULL, POINT, earned

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member
    from quizzes.asked import Choice


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Words about answers."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own answers: they are for nobody else."""
        return self.filter(sitting__member=viewer)

    def unanswered(self) -> Self:
        """Return the questions nothing was chosen for yet."""
        return self.filter(answered_at=None)

    def with_words(self) -> Self:
        """Bring the versions that were asked, and what was written, in the same query."""
        return self.select_related("revision", "scenario", "writing")

    def with_secrecy(self) -> Self:
        """Add `is_asked_now`: whether the same question is in another sitting of the person that
        is open, so that no page may tell the answer."""
        others = Answer.objects.filter(
            question=OuterRef("question"),
            sitting__member=OuterRef("sitting__member"),
            sitting__submitted_at=None,
        )
        return self.annotate(is_asked_now=Exists(others.exclude(sitting=OuterRef("sitting"))))


class Answer(models.Model):
    """One question of a sitting, in the version that was asked, and what was chosen.

    A scenario's steps are answers of their own: they share a number and have a part.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(help_text="Its place among the pages, from 1.")
    number = models.PositiveSmallIntegerField(help_text="The question's number on the paper.")
    part = models.PositiveSmallIntegerField(default=0, help_text="A scenario's step, from 1.")
    parts = models.PositiveSmallIntegerField(default=0, help_text="How many steps it has.")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="answers")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    scenario = models.ForeignKey(
        "wagtailcore.Revision",
        models.PROTECT,
        null=True,
        related_name="told_in_answers",
        help_text="The version of the scenario this is a step of.",
    )
    worth = models.PositiveSmallIntegerField(
        default=POINT, help_text="In hundredths of a point, the whole of it."
    )
    is_critical = models.BooleanField(default=False)
    option_order = models.JSONField(help_text="Option keys in the order this person saw.")
    match_order = models.JSONField(
        default=list, help_text="Matching: keys of the right-hand sides in the order shown."
    )
    chosen = models.JSONField(
        default=list, help_text="What was chosen, by option keys: see quizzes.asked."
    )
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True, help_text="When the right answer was shown: it does not change after that."
    )
    seconds = models.PositiveIntegerField(
        null=True, help_text="From the answer before (or the start) to this one."
    )
    mark = models.PositiveSmallIntegerField(null=True, help_text="Per cent of it that was right.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="answer_position_once"),
            models.UniqueConstraint(fields=["sitting", "question"], name="answer_question_once"),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__lte=FULL), name="answer_mark_in_per_cent"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"Question {self.number}" + (f", part {self.part}" if self.part else "")

    @cached_property
    def asked(self) -> AskedQuestion:
        """The question as this person was asked it."""
        return AskedQuestion.read(self.revision.content, self.option_order, self.match_order)

    @property
    def situation(self) -> list[str]:
        """A scenario's story up to this step, paragraph by paragraph; empty for other questions."""
        if self.scenario is None:
            return []
        content = self.scenario.content
        steps = sorted(content["steps"], key=lambda step: step["sort_order"] or 0)
        told = [content["stem"], *(step["lead_in"] for step in steps[: self.part])]
        return [text for text in told if text]

    @property
    def told_here(self) -> list[str]:
        """What of a scenario's story is new at this step; all of it so far at the first."""
        if self.scenario is None or self.part <= 1:
            return self.situation
        steps = sorted(self.scenario.content["steps"], key=lambda step: step["sort_order"] or 0)
        lead_in = steps[self.part - 1]["lead_in"]
        return [lead_in] if lead_in else []

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def earned(self) -> int:
        """What it adds to the score; of a marked answer."""
        return earned(mark=self.mark or 0, worth=self.worth)

    @property
    def is_right(self) -> bool:
        """Whether all of it was right; of a marked answer."""
        return self.mark == FULL

    @property
    def typed(self) -> str:
        """What was written, where it is still kept."""
        if self.asked.kind not in TYPED or not hasattr(self, "writing"):
            return ""
        return str(self.writing.text)

    @property
    def is_forgotten(self) -> bool:
        """Whether something was written here that has been deleted since."""
        return self.asked.kind in TYPED and self.is_answered and not hasattr(self, "writing")

    @property
    def picked(self) -> list[Choice]:
        """The options this person chose."""
        return self.asked.picked(self.chosen)

    @property
    def given(self) -> list[str]:
        """What this person answered, line by line."""
        return self.asked.in_words(self.chosen, self.typed)

    @property
    def right_words(self) -> list[str]:
        """What would have been right, line by line."""
        return self.asked.right_words
