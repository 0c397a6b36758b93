"""Requirements for tests; what is completed comes from the courses' own factories."""

from __future__ import annotations

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from compliance.duty.tallies import Tally
from compliance.models import Requirement, RequirementVersion, SignedReturn
from compliance.reports.figures import written
from members.append_only import erasure_window
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, UnitFactory


class RequirementFactory(DjangoModelFactory):
    """A requirement for the whole party with one version; give it `post_kinds` and `courses`."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Requirement {n}")
    reason = "People who come to you deserve somebody who knows what to do."
    effective_from = dt.date(2024, 1, 1)
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
        own = {name: fields.pop(name) for name in OWN if name in fields}
        requirement = super()._create(model_class, *args, **own)
        VersionFactory(requirement=requirement, **fields)
        if requirement.archived_at:
            day = timezone.localdate(requirement.archived_at)
            VersionFactory(requirement=requirement, number=2, effective_from=day, is_withdrawn=True)
        return requirement


OWN = ("title", "reason", "archived_at")


class SignedReturnFactory(DjangoModelFactory):
    """A signed return for the third quarter of 2025, of a unit where nobody must do anything."""

    class Meta:
        model = SignedReturn

    unit = factory.SubFactory(UnitFactory)
    quarter = dt.date(2025, 7, 1)
    number = 1
    figures = factory.LazyAttribute(
        lambda one: {
            "unit": one.unit.name,
            "as_at": "2025-09-30",
            "people": written(Tally()),
            "requirements": [],
            "parts": [],
            "vacant": [],
        }
    )
    statement = "I have checked the list."
    post = "CLP chair, somewhere"
    signed_by = factory.SubFactory(MemberFactory)
    signed_at = dt.datetime(2025, 10, 2, 18, 30, tzinfo=dt.UTC)
    sha256 = "0" * 64


class VersionFactory(DjangoModelFactory):
    """A version of a requirement, recorded long ago unless you say when."""

    class Meta:
        model = RequirementVersion
        skip_postgeneration_save = True

    number = 1
    effective_from = dt.date(2024, 1, 1)
    recorded_at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

    @classmethod
    def rewrite(cls, **fields: object) -> None:
        """Let every requirement have asked this from the first: as if it had been set so."""
        with erasure_window():
            RequirementVersion.objects.update(**fields)

    @classmethod
    def _create(cls, model_class: type, *args: object, **fields: object) -> RequirementVersion:
        kinds, courses = fields.pop("post_kinds", None), fields.pop("courses", None)
        version = super()._create(model_class, *args, **fields)
        if version.audience == RequirementVersion.Audience.POSTS and not version.is_withdrawn:
            version.post_kinds.set(kinds if kinds is not None else [PostKindFactory()])
        if not version.is_withdrawn:
            version.courses.set(courses if courses is not None else [CourseFactory()])
        return version
