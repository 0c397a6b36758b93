"""Courses and what people did with them; traits and helpers are states of the world."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from courses.models import (
    CatalogueIndexPage,
    Completion,
    CoursePage,
    Enrolment,
    HomePage,
    ModulePage,
    QuizStepPage,
    StepProgress,
)
from members.dates import today
from quizzes.models import Category, Option, Question, Quiz, QuizQuestion
from tests.members.factories import MemberFactory


def catalogue() -> CatalogueIndexPage:
    """Return the catalogue of a site whose home page is ours; made on first use."""
    found = CatalogueIndexPage.objects.first()
    if found:
        return found
    root = Page.objects.get(depth=1)
    root.get_children().filter(slug="home").delete()
    home = HomePage(title="Home", slug="home")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    index = CatalogueIndexPage(title="Courses", slug="courses")
    home.add_child(instance=index)
    index.save_revision().publish()
    return index


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"topic-{n}")
    title = factory.LazyAttribute(lambda category: category.slug.replace("-", " ").capitalize())


class LiveQuizFactory(DjangoModelFactory):
    """A published quiz of `questions` questions, each with one right and one wrong answer."""

    class Meta:
        model = Quiz
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"course-quiz-{n}")
    title = "Check what you learned"
    live = True

    @factory.post_generation
    def questions(self, create: bool, extracted: int | None, **kwargs: Any) -> None:
        category = CategoryFactory()
        for number in range(3 if extracted is None else extracted):
            question = Question(
                reference=f"{self.slug}-{number}",
                category=category,
                stem=f"Question {number}?",
                explanation="Because.",
                live=True,
            )
            question.options = [
                Option(text="Right", is_correct=True, sort_order=0),
                Option(text="Wrong", sort_order=1),
            ]
            question.save()
            question.save_revision().publish()
            QuizQuestion.objects.create(quiz=self, question=question, sort_order=number)
        self.refresh_from_db()
        self.save_revision().publish()


class _PageFactory(DjangoModelFactory):
    """Adds a live page, with a published revision, under `parent`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **fields: Any) -> Page:
        parent = fields.pop("parent", None) or catalogue()
        page = model_class(**fields)
        parent = Page.objects.get(pk=parent.pk)
        parent.add_child(instance=page)
        if page.live and not isinstance(page, CoursePage):
            page.save_revision().publish()
            page = model_class.objects.get(pk=page.pk)
        return page


class ModuleFactory(_PageFactory):
    class Meta:
        model = ModulePage

    title = factory.Sequence(lambda n: f"Part about thing {n}")
    slug = factory.Sequence(lambda n: f"module-{n}")
    minutes = 5
    body = factory.LazyFunction(lambda: [("text", "<p>Read this.</p>")])

    class Params:
        sensitive = factory.Trait(is_sensitive=True)
        draft = factory.Trait(live=False)


class QuizStepFactory(_PageFactory):
    class Meta:
        model = QuizStepPage

    title = "Check what you learned"
    slug = factory.Sequence(lambda n: f"quiz-{n}")
    quiz = factory.SubFactory(LiveQuizFactory)


class CourseFactory(_PageFactory):
    """A published course of `modules` modules (two), and a quiz with `with_quiz=True`."""

    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"Course {n}")
    slug = factory.Sequence(lambda n: f"course-{n}")
    summary = "What it is about."
    audience = "For everyone."
    minutes = 20
    validity_months = 24
    renewal_window_days = 90

    class Params:
        sensitive = factory.Trait(is_sensitive=True, plain_title="Training course 1")
        for_good = factory.Trait(validity_months=None)
        fixed_order = factory.Trait(step_order="fixed")
        adults_only = factory.Trait(minimum_age=18)

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **fields: Any) -> Page:
        modules, with_quiz = fields.pop("modules", 2), fields.pop("with_quiz", False)
        course = super()._create(model_class, *args, **fields)
        for _ in range(modules):
            ModuleFactory(parent=course)
        if with_quiz:
            QuizStepFactory(parent=course)
        course = CoursePage.objects.get(pk=course.pk)  # knows its children, which publishing needs
        if modules or with_quiz:
            course.save_revision().publish()
            course.refresh_from_db()
        return course


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    member = factory.SubFactory(MemberFactory)
    course = factory.SubFactory(CourseFactory)
    started_at = factory.LazyFunction(timezone.now)


class CompletionFactory(DjangoModelFactory):
    """A completion of today in an enrolment of its own; `expired=True` ended yesterday."""

    class Meta:
        model = Completion
        skip_postgeneration_save = True

    member = factory.SubFactory(MemberFactory)
    course = factory.SubFactory(CourseFactory)
    course_title = factory.LazyAttribute(lambda completion: completion.course.title)
    completed_on = factory.LazyFunction(today)
    valid_to = factory.LazyAttribute(lambda it: it.course.valid_to(it.completed_on))
    renews_from = factory.LazyAttribute(
        lambda it: (
            it.valid_to
            and max(it.completed_on, it.valid_to - dt.timedelta(days=it.course.renewal_window_days))
        )
    )
    anchor_on = factory.LazyAttribute(lambda it: it.completed_on)
    recorded_at = factory.LazyFunction(timezone.now)
    enrolment = factory.LazyAttribute(
        lambda it: EnrolmentFactory(member=it.member, course=it.course)
    )

    class Params:
        expired = factory.Trait(
            completed_on=factory.LazyFunction(lambda: today() - dt.timedelta(days=731)),
            valid_to=factory.LazyFunction(lambda: today() - dt.timedelta(days=1)),
        )
        imported = factory.Trait(enrolment=None, source=Completion.Source.IMPORTED)
        elsewhere = factory.Trait(enrolment=None, source=Completion.Source.EVIDENCE)

    @factory.post_generation
    def steps(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if self.enrolment is None:
            return
        for page in self.course.steps():
            StepProgress.objects.create(
                enrolment=self.enrolment, step=page, finished_at=self.recorded_at
            )
