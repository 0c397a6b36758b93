"""A new edition that touches many people asks for their number before it is published."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.requirements.new_edition import proposed
from courses.models import CoursePage, Edition
from courses.publishing import number_to_type
from members.dates import today
from members.models import AuditEvent
from tests.compliance.conftest import LONG_AGO
from tests.courses.factories import CompletionFactory
from tests.courses.test_publishing import publish
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

FIELD = "Type the number of people this touches"
MONTH = dt.timedelta(days=30)
# The course; its last edition; six for the terms in force (twice three), two for the dry run, and
# one for all who have a duty.
QUERIES = 11
JUNE = dt.date(2026, 6, 1)


@pytest.fixture
def course(party: Party) -> CoursePage:
    """Make a course by which twenty people are covered: four of the party's ten, sixteen more."""
    course = CoursePage.objects.get(title="Safeguarding essentials")
    for one in councillors(party, 16):
        CompletionFactory(imported=True, member=one, course=course, completed_on=JUNE)
    return course


@pytest.fixture
def author(client: Client, party: Party) -> Client:
    client.force_login(MemberFactory(administrator=True))
    return client


def councillors(party: Party, count: int) -> list:
    kind, unit = party.kinds["councillor"], party.a.branch
    facts = {"post_kind": kind, "unit": unit, "started_on": LONG_AGO}
    return [one.member for one in TenureFactory.create_batch(count, **facts)]


def url(course: CoursePage) -> str:
    return reverse("courses_new_edition", args=[course.pk])


def answers(**changes: str) -> dict[str, str]:
    facts = {"kind": "major", "what_changed": "The law of October.", "half_way": "again"}
    return facts | {"old_count_until": "", "follows": "1"} | changes


def test_past_the_share_the_check_asks(author: Client, course: CoursePage) -> None:
    page = author.post(url(course), answers()).text
    assert FIELD in page
    assert "This touches 20 people." in page
    assert "This is not the number" not in page  # nobody has typed anything yet


def test_below_the_share_it_does_not(author: Client, course: CoursePage, party: Party) -> None:
    councillors(party, 374)  # twenty of four hundred are five in a hundred, not more
    page = author.post(url(course), answers()).text
    assert "<strong>20 newly overdue:</strong>" in page
    assert FIELD not in page
    author.post(url(course), answers(publish="yes"))
    assert Edition.objects.count() == 1


def test_nor_for_a_minor_edition(author: Client, course: CoursePage) -> None:
    minor = answers(kind="minor", half_way="keep")
    assert FIELD not in author.post(url(course), minor).text
    author.post(url(course), minor | {"publish": "yes"})
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("typed", [{}, {"number": ""}, {"number": "19"}, {"number": "<b>yes"}])
def test_a_wrong_number_publishes_nothing_and_keeps_all(
    author: Client, course: CoursePage, typed: dict[str, str]
) -> None:
    until = str(today() + MONTH)
    filled = answers(old_count_until=until)
    response = author.post(url(course), filled | {"publish": "yes"} | typed)
    assert response.status_code == 200
    assert "This is not the number. Nothing is published yet" in response.text
    assert "To go on, type 20." in response.text
    kept = response.context["form"]
    assert {name: kept[name].value() for name in filled} == filled
    assert f'name="old_count_until" value="{until}"' in response.text
    assert response.context["brake"]["number"].value() == typed.get("number")
    assert "<b>yes" not in response.text
    assert not Edition.objects.exists()
    assert not AuditEvent.objects.filter(action="edition.published").exists()


@pytest.mark.parametrize("number", ["20", " 20 "])
def test_the_right_number_publishes(author: Client, course: CoursePage, number: str) -> None:
    response = author.post(url(course), answers(publish="yes", number=number))
    assert response.status_code == 302
    assert Edition.objects.get().what_changed == "The law of October."


def test_the_number_is_that_of_now_not_of_the_check(
    author: Client, course: CoursePage, party: Party
) -> None:
    assert "This touches 20 people." in author.post(url(course), answers()).text
    [late] = councillors(party, 1)
    CompletionFactory(imported=True, member=late, course=course, completed_on=JUNE)
    page = author.post(url(course), answers(publish="yes", number="20")).text
    assert "To go on, type 21." in page
    assert not Edition.objects.exists()


def test_the_verb_knows_nothing_of_it(course: CoursePage) -> None:
    assert publish(course).number == 2


def test_it_asks_the_same_of_the_database_however_many(
    course: CoursePage, party: Party, django_assert_num_queries: Callable
) -> None:
    def weigh() -> int | None:
        fresh = CoursePage.objects.get(pk=course.pk)
        return number_to_type(fresh, kind="major", old_count_until=None)

    number_to_type(course, kind="major", old_count_until=None)
    with django_assert_num_queries(0):
        assert proposed(course, "major", None).run.touched == 20  # the page shows what was weighed
    with django_assert_num_queries(QUERIES):
        assert weigh() == 20
    councillors(party, 5)
    with django_assert_num_queries(QUERIES):
        assert weigh() == 20
