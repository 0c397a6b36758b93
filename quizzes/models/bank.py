"""The question bank. A question's versions are its Wagtail revisions; none is ever rewritten."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from quizzes.completeness import question_problems
from quizzes.models.versions import Versioned, VersionedQuerySet

if TYPE_CHECKING:
    from wagtail.models import Revision


def new_key() -> str:
    """Return a short random name that stays with an option through every version."""
    return secrets.token_hex(4)


class Category(models.Model):
    """What a question is about: a topic of a course."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.title


class Question(Versioned, ClusterableModel):
    """A question in the bank, as it stands now. People who met an older version keep it."""

    class Kind(models.TextChoices):
        SINGLE = "single", "Single choice"
        MULTIPLE = "multiple", "Multiple choice"
        TRUE_FALSE = "true_false", "True or false"

    class Nation(models.TextChoices):
        ENGLAND = "England", "England"
        WALES = "Wales", "Wales"
        SCOTLAND = "Scotland", "Scotland"
        NORTHERN_IRELAND = "Northern Ireland", "Northern Ireland"
        ENGLAND_AND_WALES = "England and Wales", "England and Wales"
        GREAT_BRITAIN = "Great Britain", "Great Britain"
        UNITED_KINGDOM = "United Kingdom", "United Kingdom"

    reference = models.SlugField(
        max_length=40, unique=True, help_text="A short name for editors, such as se-01."
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    kind = models.CharField("type", max_length=12, choices=Kind, default=Kind.SINGLE)
    stem = models.TextField("question")
    explanation = models.TextField(
        help_text="Shown after marking: why the right answer is right. Two sentences that teach."
    )
    nation = models.CharField(
        max_length=20, choices=Nation, blank=True, help_text="Whose law it is, if it is about law."
    )
    source = models.CharField(max_length=200, blank=True)
    review_by = models.DateField(
        null=True, blank=True, help_text="When somebody must check the law again."
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")

    objects = VersionedQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.stem[:80]}"

    def problems(self) -> list[str]:
        right = [option.is_correct for option in self.options.all()]
        return question_problems(kind=self.kind, right=right)

    def is_in_use(self, revision: Revision) -> bool:
        """Also when a sitting holds this version: what was asked is never rewritten."""
        return super().is_in_use(revision) or self.answers.filter(revision=revision).exists()


class Option(Orderable):
    """One possible answer."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=8, default=new_key, editable=False)
    text = models.CharField(max_length=300)
    is_correct = models.BooleanField("right", default=False)
    is_pinned = models.BooleanField(
        "keep in place", default=False, help_text="For 'all of the above': never shuffled."
    )
    feedback = models.CharField(
        max_length=300, blank=True, help_text="Shown after marking to who chose this."
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="option_key_once")]

    def __str__(self) -> str:
        return self.text
