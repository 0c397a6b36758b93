"""What the editor of requirements refuses, each with its reason and what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.models import Requirement
from compliance.requirements.refused import (
    FIXED_IN_THE_PAST,
    NO_COURSE,
    NO_FIXED_DAY,
    NO_POST_KIND,
    NOBODY,
    TITLE_TAKEN,
    TOO_FAR,
    TOO_LONG_AGO,
)
from courses.models import CoursePage
from tests.compliance.factories import VersionFactory
from tests.compliance.test_editor import SAVE, administrator, filled, harassment, said, url
from tests.courses.factories import CourseFactory
from tests.members.factories import PostKindFactory, TenureFactory

if TYPE_CHECKING:
    from django.test import Client

    from tests.compliance.conftest import Party

__all__ = ["administrator", "filled"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"post_kinds": []}, NO_POST_KIND),
        ({"courses": []}, NO_COURSE),
        ({"effective_from": "2126-01-01"}, TOO_FAR),
        ({"effective_from": "1926-01-01"}, TOO_LONG_AGO),
        ({"effective_from": "tomorrow"}, "Enter a valid date."),
        ({"grace_days": "1000"}, "less than or equal to 730"),
        ({"grace_days": "-1"}, "greater than or equal to 0"),
        ({"title": "safeguarding"}, TITLE_TAKEN),
        ({"title": ""}, "This field is required."),
        ({"anchor": "fixed"}, NO_FIXED_DAY),
        ({"anchor": "fixed", "fixed_on": "2026-11-20"}, FIXED_IN_THE_PAST),
        ({"anchor": "fixed", "fixed_on": "2126-11-20"}, TOO_FAR),
        (
            {"anchor": "fixed", "fixed_on": "2027-01-31", "effective_from": "2027-02-01"},
            "This is before 1 February 2027, the day from which people must do it.",
        ),
        ({"must_renew": "on"}, "“Harassment” counts for good, so nobody would ever have to"),
        ({"reminders": ["daily"]}, "daily is not one of the available choices."),
        ({"audience": "all"}, "all is not one of the available choices."),
    ],
)
def test_refused_with_what_to_do(
    administrator: Client, filled: dict, change: dict, words: str
) -> None:
    for button in ({}, SAVE, {"example": "1"}, {"counts": "1"}):
        html = said(administrator, url("add"), filled | change | button)
        assert words in html
        assert "Nothing is saved yet." in html
    assert Requirement.objects.count() == 1


def test_nobody_falls_under_it(administrator: Client, filled: dict) -> None:
    nobody = filled | {"post_kinds": [PostKindFactory(code="mayor").pk]}
    html = said(administrator, url("add"), nobody | SAVE)
    assert NOBODY in html
    assert "I know; nobody holds such a post yet" in html
    said(administrator, url("add"), nobody | SAVE | {"nobody_yet": "on"})
    assert harassment().versions.count() == 1


def test_somebody_falls_under_it_and_nobody_asks(administrator: Client, filled: dict) -> None:
    assert "nobody holds such a post" not in said(administrator, url("add"), filled)


def test_people_named_by_hand_come_later(administrator: Client, filled: dict) -> None:
    said(administrator, url("add"), filled | {"audience": "named"} | SAVE)
    assert harassment().latest.audience == "named"


def test_a_fixed_day_that_stands_may_be_over(
    administrator: Client, filled: dict, party: Party
) -> None:
    saved = Requirement.objects.get()
    VersionFactory(
        requirement=saved,
        number=2,
        anchor="fixed",
        fixed_on="2026-03-31",
        post_kinds=[party.kinds["chair"]],
        courses=CoursePage.objects.filter(title="Safeguarding essentials"),
    )
    asked = filled | {"title": "Safeguarding", "effective_from": "2026-11-21"}
    asked |= {"anchor": "fixed", "fixed_on": "2026-03-31"}
    said(administrator, url("edit", saved.pk), asked | SAVE)
    assert saved.latest.number == 3


def test_a_course_that_was_unpublished(administrator: Client, party: Party, filled: dict) -> None:
    saved = Requirement.objects.get()
    course = CoursePage.objects.get(title="Safeguarding essentials")
    course.unpublish()
    asked = filled | {"title": "Safeguarding", "courses": [course.pk], "grace_days": "10"}
    html = said(administrator, url("edit", saved.pk), asked | SAVE)
    assert "“Safeguarding essentials” is not published, so nobody can take it." in html
    assert saved.versions.count() == 1


def test_a_renewed_course_may_be_renewed(administrator: Client, party: Party, filled: dict) -> None:
    renewed = CourseFactory(title="Yearly", validity_months=12)
    said(administrator, url("add"), filled | SAVE | {"must_renew": "on", "courses": [renewed.pk]})
    assert harassment().latest.must_renew


def test_a_post_in_a_place_without_it(administrator: Client, filled: dict, party: Party) -> None:
    mayor = PostKindFactory(code="mayor")
    TenureFactory(post_kind=mayor, unit=party.b.clp)
    there = filled | {"post_kinds": [mayor.pk], "unit": party.a.clp.pk}
    assert NOBODY in said(administrator, url("add"), there | SAVE)
    there["unit"] = party.b.clp.pk
    said(administrator, url("add"), there | SAVE)
    assert harassment().latest.unit == party.b.clp
