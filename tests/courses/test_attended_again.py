"""Attendance of somebody who has done the course before: it renews it, or counts for nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from certificates.models import Certificate
from courses.models import Completion, Enrolment
from members.dates import today
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.courses.webinars import confirm, live_course, was_at
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return MemberFactory()


def days_ago(number: int) -> dt.date:
    return today() - dt.timedelta(days=number)


def test_before_renewal_opens_it_counts_for_nothing(member: Member) -> None:
    course, step = live_course()
    CompletionFactory(course=course, member=member, completed_on=days_ago(100))
    was_at(step, member)
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("ends_in", [30, -5])
def test_when_renewal_is_open_it_begins_a_round_by_itself(member: Member, ends_in: int) -> None:
    course, step = live_course()
    ends = today() + dt.timedelta(days=ends_in)
    first = CompletionFactory(
        course=course, member=member, completed_on=days_ago(700), valid_to=ends
    )
    there = was_at(step, member)
    again = Completion.objects.exclude(pk=first.pk).get()
    assert again.enrolment.cycle == 2
    assert again.valid_to >= course.valid_to(there.session.ends_at.date())
    confirm(there)
    assert Completion.objects.count() == 2


def test_a_live_refresher_renews_its_course(member: Member) -> None:
    refresher, step = live_course()
    course = CourseFactory(refresher=refresher)
    CompletionFactory(
        course=course,
        member=member,
        completed_on=days_ago(700),
        valid_to=today() + dt.timedelta(days=30),
    )
    was_at(step, member)
    assert {
        (it.source, it.course_id) for it in Completion.objects.filter(completed_on__gte=days_ago(9))
    } == {
        ("webinar", refresher.pk),
        ("refresher", course.pk),
    }
    assert Certificate.objects.count() == 2
