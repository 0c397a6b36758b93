"""The question bank. A question's versions are its Wagtail revisions; none is ever rewritten."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from quizzes.completeness import Draft, question_problems
from quizzes.kinds import MOST_ANSWER, MOST_POINTS, NO_STEPS_OF, Kind
from quizzes.models.previewed import PreviewedMarked
from quizzes.models.versions import Versioned, VersionedQuerySet

if TYPE_CHECKING:
    from typing import Self

    from wagtail.models import Revision


def new_key() -> str:
    """Return a short random name that stays with an option through every version."""
    return secrets.token_hex(4)


class Category(models.Model):
    """What a question is about: a topic of a course, perhaps with topics below it."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="part of",
        limit_choices_to={"parent": None},
    )

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
                name="category_not_in_itself",
            )
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(VersionedQuerySet):
    """Words about questions."""

    def published(self) -> Self:
        """Return those that people may meet: a scenario only while all its steps may be met."""
        steps = ScenarioStep.objects.filter(scenario=models.OuterRef("pk"))
        unfit = Q(question__live=False) | Q(question__kind__in=NO_STEPS_OF)
        return super().published().filter(~models.Exists(steps.filter(unfit)))

    def law_overdue(self, on: object) -> Self:
        """Return the published questions whose law should have been checked before this day."""
        return self.filter(live=True, review_by__lt=on)


class Question(PreviewedMarked, Versioned, ClusterableModel):
    """A question in the bank, as it stands now. People who met an older version keep it."""

    Kind = Kind

    class Nation(models.TextChoices):
        ENGLAND = "England", "England"
        WALES = "Wales", "Wales"
        SCOTLAND = "Scotland", "Scotland"
        NORTHERN_IRELAND = "Northern Ireland", "Northern Ireland"
        ENGLAND_AND_WALES = "England and Wales", "England and Wales"
        GREAT_BRITAIN = "Great Britain", "Great Britain"
        UNITED_KINGDOM = "United Kingdom", "United Kingdom"

    class OptionOrder(models.TextChoices):
        RANDOM = "random", "In a new order each time"
        WRITTEN = "written", "As they are written"
        ALPHABETICAL = "alphabetical", "In alphabetical order"

    reference = models.SlugField(
        max_length=40, unique=True, help_text="A short name for editors, such as se-01."
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    kind = models.CharField("type", max_length=12, choices=Kind, default=Kind.SINGLE)
    stem = models.TextField("question")
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    image_alt = models.CharField(
        "what the image shows",
        max_length=300,
        blank=True,
        help_text="For people who do not see it. It must not give the answer away.",
    )
    option_order = models.CharField(
        "order of the answers", max_length=12, choices=OptionOrder, default=OptionOrder.RANDOM
    )
    is_partial = models.BooleanField(
        "part marks",
        default=False,
        help_text="For multiple choice, matching and ordering. Otherwise all of it must be right.",
    )
    is_case_sensitive = models.BooleanField(
        "capital letters matter", default=False, help_text="For a short answer that is typed."
    )
    points = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)],
        help_text="What it counts for. Most questions count for 1.",
    )
    explanation = models.TextField(
        help_text="Shown after marking: why the right answer is right. Two sentences that teach."
    )
    guidance = models.TextField(
        "for the marker", blank=True, help_text="For an essay: what a good answer contains."
    )
    nation = models.CharField(
        max_length=20, choices=Nation, blank=True, help_text="Whose law it is, if it is about law."
    )
    source = models.CharField(max_length=200, blank=True)
    law_as_at = models.DateField(
        "true on", null=True, blank=True, help_text="The day somebody checked the law."
    )
    review_by = models.DateField(
        null=True, blank=True, help_text="When somebody must check the law again."
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__range=(1, MOST_POINTS)), name="question_points_in_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {Truncator(self.stem).chars(80)}"

    @property
    def told_in(self) -> list[str]:
        """The nation, or none, of each scenario that this is a step of."""
        if self.pk is None:
            return []
        steps = ScenarioStep.objects.filter(question=self.pk)
        return list(steps.values_list("scenario__nation", flat=True))

    def problems(self) -> list[str]:
        return question_problems(Draft.of(self))

    def is_in_use(self, revision: Revision) -> bool:
        """Also when a sitting holds this version: what was asked is never rewritten."""
        return (
            super().is_in_use(revision)
            or self.answers.filter(revision=revision).exists()
            or revision.told_in_answers.exists()
        )


_GREAT_BRITAIN = ("England", "Wales", "Scotland")
NATIONS_OF: dict[str, tuple[str, ...]] = {
    "England and Wales": ("England", "Wales"),
    "Great Britain": _GREAT_BRITAIN,
    "United Kingdom": (*_GREAT_BRITAIN, "Northern Ireland"),
    **{name: (name,) for name in (*_GREAT_BRITAIN, "Northern Ireland")},
}


class Option(Orderable):
    """One possible answer, or one half or place of it: what it means depends on the type.

    Choices: an option. Matching: a pair (`text` blank: a right-hand side that fits nothing).
    Ordering: an item, in the right order. Numeric and short text: an answer that is accepted.
    """

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=8, default=new_key, editable=False)
    text = models.CharField("answer", max_length=MOST_ANSWER, blank=True)
    match = models.CharField(
        "goes with",
        max_length=MOST_ANSWER,
        blank=True,
        help_text="For matching: what it belongs to.",
    )
    tolerance = models.DecimalField(
        max_digits=16,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="For a number: how far off still counts.",
    )
    is_correct = models.BooleanField("right", default=False)
    weight = models.DecimalField(
        "share of the mark (%)",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-100), MaxValueValidator(100)],
        help_text="Leave empty for the usual. Less than 100 gives part of the mark; "
        "below 0 takes some away.",
    )
    is_pinned = models.BooleanField(
        "keep in place", default=False, help_text="For 'all of the above': never shuffled."
    )
    feedback = models.TextField(blank=True, help_text="Shown after marking to who chose this.")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="option_key_once")]

    def __str__(self) -> str:
        return self.text or self.match


class ScenarioStep(Orderable):
    """One step of a scenario: how the story goes on, and the question that is asked there."""

    scenario = ParentalKey(Question, on_delete=models.CASCADE, related_name="steps")
    lead_in = models.TextField("how the story goes on", blank=True)
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="step_of")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["scenario", "question"], name="scenario_step_once")
        ]

    def __str__(self) -> str:
        return str(self.question)
