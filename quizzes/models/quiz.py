"""A quiz: which questions, how many of them, and what it takes to pass."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from quizzes.models.bank import Category
from quizzes.models.pool import paper_problems
from quizzes.models.previewed import Previewed
from quizzes.models.versions import Versioned, VersionedQuerySet


class Quiz(Previewed, Versioned, ClusterableModel):
    """A quiz people sit. Each sitting draws its questions from the pool, topic by topic if said."""

    class Order(models.TextChoices):
        RANDOM = "random", "In a new order each time"
        CATEGORY = "category", "Topic by topic"
        WRITTEN = "written", "As they stand in the quiz"

    class FeedbackWhen(models.TextChoices):
        END = "end", "At the end, after everything is submitted"
        EACH = "each", "After each question; an answer is then fixed"

    class Shows(models.TextChoices):
        ALL = "all", "Which were right, the right answers and the explanations"
        AFTER_PASS = "after_pass", "Which were right; the right answers only after a pass"
        MARKS = "marks", "Which were right, never the right answers"
        SCORE = "score", "Only the score"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, help_text="For people before they start.")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="quizzes"
    )
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
        help_text="Drawn from the pool. Empty means all of them, or what the topics below ask for.",
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
    time_limit_minutes = models.PositiveSmallIntegerField(
        "time limit (minutes)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Leave empty: a time limit shuts people out. Extra time is given per person.",
    )
    order = models.CharField(
        "order of the questions", max_length=10, choices=Order, default=Order.RANDOM
    )
    feedback_when = models.CharField(
        "answers are shown", max_length=10, choices=FeedbackWhen, default=FeedbackWhen.END
    )
    shows = models.CharField("what is shown", max_length=10, choices=Shows, default=Shows.ALL)
    allows_practice = models.BooleanField(
        "practice",
        default=False,
        help_text="People may try its questions as often as they like; nothing is recorded.",
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

    def problems(self) -> list[str]:
        return paper_problems(
            # The pool of this very version, which the database may not hold yet.
            pool=[item.question_id for item in self.pool.all()],
            critical={item.question_id for item in self.pool.all() if item.is_critical},
            lines={line.category_id: line.questions for line in self.draws.all()},
            draw=self.draw,
        )


class QuizQuestion(Orderable):
    """A question in a quiz's pool."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="pool")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="in_quizzes")
    is_critical = models.BooleanField(
        "must be right",
        default=False,
        help_text="Always asked, and whoever gets it wrong does not pass, whatever the score.",
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")
        ]

    def __str__(self) -> str:
        return str(self.question)


class QuizDraw(Orderable):
    """How many questions of one topic each sitting asks, so that every paper covers it."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="draws")
    category = models.ForeignKey(Category, models.PROTECT, related_name="draws")
    questions = models.PositiveSmallIntegerField(
        "at least so many", validators=[MinValueValidator(1)]
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "category"], name="quiz_draw_once"),
            models.CheckConstraint(condition=Q(questions__gte=1), name="quiz_draw_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.questions} about {self.category}"
