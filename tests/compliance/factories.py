"""Requirements, courses and completions for tests; traits are states of the world."""

from __future__ import annotations

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page

from compliance.models import Requirement
from courses.models import CatalogueIndexPage, Completion, CoursePage, Enrolment, HomePage
from tests.members.factories import MemberFactory, PostKindFactory


def catalogue() -> CatalogueIndexPage:
    found = CatalogueIndexPage.objects.first()
    if found:
        return found
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="test-home"))
    return home.add_child(instance=CatalogueIndexPage(title="Courses", slug="courses"))


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"Course {n}")
    slug = factory.Sequence(lambda n: f"course-{n}")
    summary = "What safeguarding is and what to do."
    audience = "People in post"
    minutes = 45
    validity_months = 24

    class Params:
        for_good = factory.Trait(validity_months=None)

    @classmethod
    def _create(cls, model_class: type[CoursePage], *args: object, **fields: object) -> CoursePage:
        course = catalogue().add_child(instance=model_class(live=False, **fields))
        # Publishing asks for parts, which nothing here reads.
        CoursePage.objects.filter(pk=course.pk).update(live=True)
        return course


class RequirementFactory(DjangoModelFactory):
    """A requirement for the whole party; give it `post_kinds` and `courses`."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Requirement {n}")
    reason = "People who come to you deserve somebody who knows what to do."
    applies_from = dt.date(2024, 1, 1)
    grace_days = 30

    class Params:
        archived = factory.Trait(archived_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
        for_chairs = factory.Trait(
            post_kinds=factory.LazyFunction(lambda: [PostKindFactory(chair=True)])
        )

    @classmethod
    def _create(
        cls, model_class: type[Requirement], *args: object, **fields: object
    ) -> Requirement:
        kinds, courses = fields.pop("post_kinds", None), fields.pop("courses", None)
        requirement = super()._create(model_class, *args, **fields)
        requirement.post_kinds.set(kinds if kinds is not None else [PostKindFactory()])
        requirement.courses.set(courses if courses is not None else [CourseFactory()])
        return requirement


class CompletionFactory(DjangoModelFactory):
    class Meta:
        model = Completion

    member = factory.SubFactory(MemberFactory)
    course = factory.SubFactory(CourseFactory)
    course_title = factory.LazyAttribute(lambda done: done.course.title)
    completed_on = dt.date(2026, 1, 15)
    valid_to = factory.LazyAttribute(lambda done: done.course.valid_to(done.completed_on))
    recorded_at = factory.LazyFunction(timezone.now)

    class Params:
        for_good = factory.Trait(valid_to=None)
        elsewhere = factory.Trait(source=Completion.Source.EVIDENCE)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    member = factory.SubFactory(MemberFactory)
    course = factory.SubFactory(CourseFactory)
    started_at = factory.LazyFunction(timezone.now)
