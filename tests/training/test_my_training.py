"""Home and My training: one person's own, and nobody else's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from compliance.models import Reminder, Requirement
from members import audit
from members.dates import today
from tests.certificates.factories import CertificateFactory
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CompletionFactory, CourseFactory, EnrolmentFactory
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db
PAGE = "/my-training/"


@pytest.fixture
def councillor() -> Member:
    """Somebody with a duty, half-way through its course."""
    tenure = TenureFactory(councillor=True)
    course = CourseFactory(title="Keeping people safe")
    RequirementFactory(post_kinds=[tenure.post_kind], courses=[course])
    EnrolmentFactory(member=tenure.member, course=course)
    return tenure.member


def test_it_says_what_why_and_by_when(client: Client, councillor: Member) -> None:
    client.force_login(councillor)
    html = client.get(PAGE).content.decode()
    for words in ("Keeping people safe", "Councillor", "Overdue since", "Continue"):
        assert words in html


def test_home_offers_the_next_part_and_the_other_courses(
    client: Client, councillor: Member
) -> None:
    CourseFactory(title="Something else")
    client.force_login(councillor)
    html = client.get("/").content.decode()
    assert "Carry on where you stopped" in html
    assert "Something else" in html


def test_home_of_a_visitor_names_courses_and_asks_nobody_to_do_anything(client: Client) -> None:
    CourseFactory(title="Keeping people safe")
    html = client.get("/").content.decode()
    assert "Keeping people safe" in html
    assert "You need to do" not in html


def test_home_says_for_which_post_and_what_comes_next(client: Client, councillor: Member) -> None:
    client.force_login(councillor)
    html = client.get("/").content.decode()
    post = councillor.tenures.get()
    assert f"Why you: {post.post_kind.name}, {post.unit.name}." in html
    assert "Next: Part about " in html


def test_home_with_nothing_required_asks_for_nothing(client: Client) -> None:
    CourseFactory()
    client.force_login(MemberFactory())
    html = client.get("/").content.decode()
    assert "You have no training to do" in html
    assert "You need to do" not in html


def test_nothing_required_is_said_plainly(client: Client) -> None:
    client.force_login(MemberFactory())
    assert "No training is required of you" in client.get(PAGE).content.decode()


def test_nobody_elses_record_is_in_it(client: Client, councillor: Member) -> None:
    other = CompletionFactory(course_title="Not yours")
    CertificateFactory(completion__member=other.member)
    client.force_login(councillor)
    assert "Not yours" not in client.get(PAGE).content.decode()
    assert "Not yours" not in client.get(reverse("my_record")).content.decode()


def test_it_says_who_looked(client: Client, councillor: Member) -> None:
    chair = MemberFactory(given_name="Maureen", family_name="Hirst")
    audit.record("compliance.viewed", by=chair, about=[councillor])
    audit.record("compliance.viewed", by=councillor, about=[councillor])
    client.force_login(councillor)
    html = client.get(PAGE).content.decode()
    assert html.count("looked at your training status") == 1
    assert "Maureen Hirst" in html


def test_somebody_who_looks_all_day_fills_one_line(client: Client, councillor: Member) -> None:
    chair = MemberFactory(given_name="Maureen", family_name="Hirst")
    with time_machine.travel(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False) as clock:
        for hours in (0, 1, 24):
            clock.shift(hours * 3600)
            audit.record("compliance.viewed", by=chair, about=[councillor])
        client.force_login(councillor)
        html = client.get(PAGE).content.decode()
    assert html.count("looked at your training status") == 2
    assert "10am on Friday 20 November 2026: Maureen Hirst" in html


def test_the_record_as_a_file(client: Client) -> None:
    done = CompletionFactory(course_title="=HYPERLINK(1)")
    client.force_login(done.member)
    response = client.get(reverse("my_record"))
    text = response.content.decode("utf-8-sig")
    assert response["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1)" in text
    assert str(done.valid_to) in text


def test_it_asks_the_same_number_of_questions_whatever_the_number_of_people(
    client: Client, councillor: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        CertificateFactory(completion__member=councillor)
        TenureFactory(councillor=True, unit=councillor.tenures.get().unit)
    client.force_login(councillor)
    client.get(PAGE)
    with django_assert_num_queries(17):  # one for the last reminder, one for the next webinar
        client.get(PAGE)


def test_it_says_which_officer_sent_a_reminder(client: Client, councillor: Member) -> None:
    Reminder.objects.create(
        member=councillor,
        requirement=Requirement.objects.get(),
        cycle=today(),
        code="officer",
        sent_by=MemberFactory(),
        sent_as="CLP chair of Barry CLP",
    )
    client.force_login(councillor)
    html = client.get(PAGE).content.decode()
    assert "The CLP chair of Barry CLP reminded you on " in html
