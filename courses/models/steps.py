"""The parts of a course: modules to read and quizzes to sit."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.blocks import LESSON_BLOCKS
from members.access import Rule


class Step(models.Model):
    """What every part of a course has in common: a child page of its course."""

    access_rule = Rule.SIGNED_IN

    minutes = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )

    class Meta:
        abstract = True


class ModulePage(Step, Page):  # type: ignore[misc]
    """A lesson."""

    is_sensitive = models.BooleanField(
        "sensitive", default=False, help_text="The page carries the button Exit this page."
    )
    topic = models.ForeignKey(
        "quizzes.Category",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="modules",
        help_text="Questions of this category send people back to this lesson.",
    )
    body = StreamField(LESSON_BLOCKS)

    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("is_sensitive"),
        FieldPanel("topic"),
        FieldPanel("body"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    class Meta:
        verbose_name = "module"


class QuizStepPage(Step, Page):  # type: ignore[misc]
    """The place of a quiz in a course."""

    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="steps")

    content_panels = [*Page.content_panels, FieldPanel("minutes"), FieldPanel("quiz")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    class Meta:
        verbose_name = "quiz in a course"
        verbose_name_plural = "quizzes in courses"
