"""Taking a course again: when a new round may begin, and what it is worth."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from courses.actions import enrol, finish_step
from courses.models import Completion, CoursePage, Enrolment, ModulePage
from courses.parts import StepState
from courses.progress import progress_of
from members.dates import add_period, today
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
)
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


def finish_all(course: CoursePage, member: object) -> None:
    for step in modules_of(course):
        finish_step(step=step, by=member)


def test_before_the_window_reading_again_changes_nothing() -> None:
    course, member = CourseFactory(), MemberFactory()
    finish_all(course, member)
    round_one = Enrolment.objects.get()
    assert enrol(course=course, by=member) == round_one
    finish_all(course, member)
    assert Completion.objects.count() == 1
    assert not progress_of(member, course).may_renew


def test_inside_the_window_nobody_loses_days() -> None:
    course, member = CourseFactory(), MemberFactory()
    with time_machine.travel(dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)):
        finish_all(course, member)
    with time_machine.travel(dt.datetime(2027, 12, 1, 12, tzinfo=dt.UTC)):
        assert progress_of(member, course).may_renew
        again = enrol(course=course, by=member)
        assert again.cycle == 2
        assert progress_of(member, course).done == 0
        finish_all(course, member)
    assert Completion.objects.get(enrolment=again).valid_to == dt.date(2030, 1, 10)


def test_after_the_end_a_new_round_counts_from_its_own_day() -> None:
    member = MemberFactory()
    course = CompletionFactory(expired=True, member=member).course
    progress = progress_of(member, course)
    assert progress.has_expired
    assert progress.completion is None
    assert {step.state for step in progress.steps} == {StepState.TO_DO}
    enrol(course=course, by=member)
    finish_all(course, member)
    assert progress_of(member, course).completion.valid_to == add_period(today(), months=24)
    assert Completion.objects.count() == 2


def test_reading_alone_never_begins_a_new_round() -> None:
    member = MemberFactory()
    course = CompletionFactory(expired=True, member=member).course
    finish_all(course, member)
    assert Enrolment.objects.count() == 1
    assert Completion.objects.count() == 1


def test_the_last_day_counts() -> None:
    member, course = MemberFactory(), CourseFactory()
    CompletionFactory(member=member, course=course, valid_to=today())
    assert progress_of(member, course).completion


def test_a_completion_for_good_never_opens_a_renewal() -> None:
    member, course = MemberFactory(), CourseFactory(for_good=True)
    finish_all(course, member)
    progress = progress_of(member, course)
    assert progress.completion.valid_to is None
    assert not progress.may_renew
