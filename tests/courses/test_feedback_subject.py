"""Who is asked about a course, and when; the link on its page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage, Revocation, StepProgress
from feedback.subjects import subject_of
from members.dates import add_period, today
from tests.courses.factories import CompletionFactory, CourseFactory, EnrolmentFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CoursePage:
    return CourseFactory()


def moment(course: CoursePage, member: Member) -> str:
    subject = subject_of(f"course:{course.pk}", member)
    assert subject is not None
    return subject.moment


def test_who_has_begun_and_finished_nothing_is_asked_before(course: CoursePage) -> None:
    enrolment = EnrolmentFactory(course=course)
    assert moment(course, enrolment.member) == "before"
    assert moment(course, MemberFactory()) == ""
    long_ago = timezone.now() - dt.timedelta(days=30)
    assert moment(course, EnrolmentFactory(course=course, started_at=long_ago).member) == ""
    StepProgress.objects.create(
        enrolment=enrolment, step=course.steps()[0], finished_at=timezone.now()
    )
    assert moment(course, enrolment.member) == ""


def test_who_has_completed_it_is_asked_for_two_weeks(course: CoursePage) -> None:
    for days, asked in [(0, "after"), (13, "after"), (14, "")]:
        day = add_period(today(), days=-days)
        assert moment(course, CompletionFactory(course=course, completed_on=day).member) == asked
    assert moment(course, CompletionFactory(course=course, imported=True).member) == ""
    revoked = CompletionFactory(course=course)
    Revocation.objects.create(
        completion=revoked,
        reason="By mistake",
        recorded_by=MemberFactory(),
        recorded_at=timezone.now(),
    )
    assert moment(course, revoked.member) == ""


def test_a_draft_is_nobodys_subject(course: CoursePage) -> None:
    member = EnrolmentFactory(course=course).member
    course.unpublish()
    assert subject_of(f"course:{course.pk}", member) is None


def test_it_takes_one_query(course: CoursePage, django_assert_num_queries: Any) -> None:
    done = CompletionFactory(course=course)
    with django_assert_num_queries(1):
        assert moment(course, done.member) == "after"


def test_the_course_page_leads_to_it_and_its_authors_see_the_totals(
    client: Client, course: CoursePage
) -> None:
    address = reverse("feedback:give", args=[f"course:{course.pk}"])
    done = CompletionFactory(course=course)
    client.force_login(done.member)
    assert address in client.get(course.address).content.decode()
    assert client.get(f"{address}totals/").status_code == 404
    client.force_login(MemberFactory(administrator=True))
    assert address not in client.get(course.address).content.decode()
    assert client.get(f"{address}totals/").status_code == 200
    editor = reverse("wagtailadmin_pages:edit", args=[course.pk])
    assert f"{address}totals/" in client.get(editor).content.decode()
