"""Requirements for tests; what is completed comes from the courses' own factories."""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from compliance.models import Requirement
from tests.courses.factories import CourseFactory
from tests.members.factories import PostKindFactory


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
