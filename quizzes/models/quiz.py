"""A quiz: which questions, how many of them, and what it takes to pass."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from quizzes.completeness import quiz_problems
from quizzes.marking import needed
from quizzes.models.bank import Question
from quizzes.models.versions import Versioned, VersionedQuerySet


class Quiz(Versioned, ClusterableModel):
    """A quiz people sit. Its pool is its questions; each sitting draws from the pool."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    pass_mark = models.PositiveSmallIntegerField(
        "pass mark (%)",
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="In per cent, compared exactly: 79.9 % does not pass at 80.",
    )
    draw = models.PositiveSmallIntegerField(
        "questions in a sitting",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Drawn from the pool. Empty means all of them.",
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        "attempts",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Empty means as many as people like.",
    )
    cooling_off_hours = models.PositiveSmallIntegerField(
        "hours between attempts", default=0, help_text="How long to wait after not passing."
    )
    is_sensitive = models.BooleanField(
        "sensitive", default=False, help_text="Its pages carry the button Exit this page."
    )
    pass_text = models.TextField("text for a pass", blank=True)
    fail_text = models.TextField("text for not yet passed", blank=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="quiz")

    objects = VersionedQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__range=(1, 100)), name="quiz_pass_mark_in_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(draw=None) | Q(draw__gte=1), name="quiz_draws_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_title(self) -> str:
        """The title for browser tabs and history: neutral for a sensitive quiz."""
        return "Training" if self.is_sensitive else self.title

    def published_questions(self) -> VersionedQuerySet:
        """Return the questions of the pool that people may be asked."""
        return Question.objects.published().filter(in_quizzes__quiz=self)

    @cached_property
    def size(self) -> int:
        """How many questions a sitting that began now would ask."""
        published = self.published_questions().count()
        return min(self.draw or published, published)

    @property
    def score_needed(self) -> int:
        """How many right answers a sitting that began now would need."""
        return needed(max_score=self.size, pass_mark=self.pass_mark)

    def problems(self) -> list[str]:
        # The pool of this very version, which the database may not hold yet.
        pool = [item.question_id for item in self.pool.all()]
        published = Question.objects.published().filter(pk__in=pool).count()
        return quiz_problems(pool=len(pool), published=published, draw=self.draw)


class QuizQuestion(Orderable):
    """A question in a quiz's pool."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="pool")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="in_quizzes")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")
        ]

    def __str__(self) -> str:
        return str(self.question)
