"""The parts of a course: modules to read, quizzes to sit, webinars to attend."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from courses import attending, reading
from courses.blocks import LESSON_BLOCKS
from courses.forms import QUIZ_NOT_LIVE, WEBINAR_NOT_LIVE, QuizStepForm, WebinarStepForm
from members.access import Rule
from members.pages import PlacedPage

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision

    from courses.models.course import CoursePage


class Step(PlacedPage):
    """What every part of a course has in common: a child page of its course."""

    access_rule = Rule.SIGNED_IN
    is_step = True
    is_lesson = False
    is_quiz = False
    is_webinar = False

    minutes = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )

    class Meta:
        abstract = True

    @cached_property
    def course(self) -> CoursePage:
        course: CoursePage = self.get_parent().specific
        return course


class ModulePage(Step):
    """A lesson."""

    is_lesson = True
    page_description = "A lesson: text, examples, advice, law, videos. 5 to 10 minutes is best."

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
        *PlacedPage.content_panels,
        FieldPanel("minutes"),
        FieldPanel("is_sensitive"),
        FieldPanel("topic"),
        FieldPanel("body"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "module"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return reading.module(request, self)


class QuizStepPage(Step):
    """The place of a quiz in a course."""

    page_description = "Puts a quiz into the course. Write and publish the quiz first."

    is_quiz = True
    quiz = models.ForeignKey("quizzes.Quiz", models.PROTECT, related_name="steps")

    base_form_class = QuizStepForm
    content_panels = [*PlacedPage.content_panels, FieldPanel("minutes"), FieldPanel("quiz")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "quiz in a course"
        verbose_name_plural = "quizzes in courses"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version. Forms, bulk actions and schedules all come through here."""
        if not revision.as_object().quiz.live:
            raise ValidationError({"quiz": QUIZ_NOT_LIVE})
        super().publish(revision, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return reading.quiz_step(request, self)

    @property
    def is_sensitive(self) -> bool:
        return bool(self.quiz_id and self.quiz.is_sensitive)


class WebinarStepPage(Step):
    """The place of a webinar in a course: attended, and its quiz passed if it has one."""

    page_description = "Puts a webinar into the course. Write and publish the webinar first."

    is_webinar = True
    webinar = models.ForeignKey("webinars.WebinarPage", models.PROTECT, related_name="steps")
    quiz = models.ForeignKey(
        "quizzes.Quiz",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="webinar_steps",
        help_text="A short quiz after the webinar. Who was there for a part only can make up for "
        "it with the recording and this quiz.",
    )

    base_form_class = WebinarStepForm
    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("minutes"),
        FieldPanel("webinar"),
        FieldPanel("quiz"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "webinar in a course"
        verbose_name_plural = "webinars in courses"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version. Forms, bulk actions and schedules all come through here."""
        draft = revision.as_object()
        if not draft.webinar.live:
            raise ValidationError({"webinar": WEBINAR_NOT_LIVE})
        if draft.quiz and not draft.quiz.live:
            raise ValidationError({"quiz": QUIZ_NOT_LIVE})
        super().publish(revision, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return attending.webinar_step(request, self)

    @property
    def is_sensitive(self) -> bool:
        return bool(self.webinar_id and self.webinar.is_sensitive)
