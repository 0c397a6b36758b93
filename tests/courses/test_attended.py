"""What being there counts for: whole or in part, with a quiz or without, whatever comes first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from certificates.models import Certificate
from courses.actions import CannotStart, begin_quiz_of_webinar, enrol, finish_step
from courses.models import Attended, Completion, Enrolment, ModulePage, StepProgress
from courses.progress import progress_of
from members.dates import today
from tests.courses.factories import CourseFactory, QuizStepFactory
from tests.courses.webinars import (
    WebinarStepFactory,
    confirm,
    live_course,
    pass_quiz,
    session_of,
    was_at,
    watch,
)
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory, SessionFactory, at

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db
DAYS_AGO = 3


@pytest.fixture
def member() -> Member:
    return MemberFactory()


def days_ago(number: int) -> dt.date:
    return today() - dt.timedelta(days=number)


# --- The whole of it ----------------------------------------------------------------------------
def test_who_was_there_has_done_the_course_on_that_day(member: Member) -> None:
    course, step = live_course()
    there = was_at(step, member)
    done = Completion.objects.get()
    assert (done.member, done.course, done.source) == (member, course, "webinar")
    assert done.completed_on == days_ago(DAYS_AGO)
    assert done.valid_to == course.valid_to(done.completed_on)
    assert StepProgress.objects.get().finished_at == there.session.ends_at
    assert Certificate.objects.get().completion == done
    assert Attended.objects.get().attendance == there
    assert progress_of(member, course).done == 1


def test_the_day_is_the_one_in_london(member: Member) -> None:
    _, step = live_course()
    late = SessionFactory(webinar=step.webinar, starts_at=at(2026, 7, 1, 22, 30), minutes=60)
    was_at(step, member, session=late)
    assert late.ends_at.astimezone(dt.UTC).date() == dt.date(2026, 7, 1)
    assert Completion.objects.get().completed_on == late.ends_at.date() == dt.date(2026, 7, 1)
    at_midnight = SessionFactory(webinar=step.webinar, starts_at=at(2026, 7, 2, 23, 30), minutes=60)
    other = MemberFactory()
    was_at(step, other, session=at_midnight)
    assert Completion.objects.get(member=other).completed_on == dt.date(2026, 7, 3)


def test_confirmed_while_it_runs_it_is_not_of_the_future(member: Member) -> None:
    _, step = live_course()
    was_at(step, member, session=SessionFactory(webinar=step.webinar, live_now=True))
    assert Completion.objects.get().completed_on == today()
    assert StepProgress.objects.get().finished_at <= timezone.now()


def test_said_again_it_changes_nothing(member: Member) -> None:
    _, step = live_course()
    there = was_at(step, member)
    confirm(there)
    confirm(AttendanceFactory(member=member, session=session_of(step)))
    was_at(step, member, session=session_of(step, days_ago=30))
    assert Completion.objects.get().completed_on == days_ago(DAYS_AGO)
    assert Enrolment.objects.get() == Attended.objects.get().enrolment


def test_of_several_parts_the_latest_gives_the_day(member: Member) -> None:
    course, step = live_course(modules=1)
    was_at(step, member)
    assert not Completion.objects.exists()
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    done = Completion.objects.get()
    assert (done.completed_on, done.source) == (today(), "course")


def test_what_was_read_before_leaves_the_day_of_the_session(member: Member) -> None:
    course, step = live_course(modules=1)
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    StepProgress.objects.update(finished_at=timezone.now() - dt.timedelta(days=9))
    was_at(step, member)
    assert Completion.objects.get().completed_on == days_ago(DAYS_AGO)


def test_it_counts_though_earlier_parts_are_not_done(member: Member) -> None:
    course, step = live_course(modules=1, fixed_order=True)
    was_at(step, member)
    first, webinar = progress_of(member, course).steps
    assert (first.is_done, webinar.is_done) == (False, True)


def test_it_counts_in_every_course_that_asks_for_the_webinar(member: Member) -> None:
    _, step = live_course()
    live_course(step__webinar=step.webinar)
    live_course()
    was_at(step, member)
    assert Completion.objects.count() == 2


# --- With a quiz --------------------------------------------------------------------------------
def test_with_a_quiz_the_quiz_comes_after_it(member: Member) -> None:
    course, step = live_course(step__with_quiz=True)
    with pytest.raises(CannotStart, match="once it is recorded"):
        begin_quiz_of_webinar(step=step, by=member)
    was_at(step, member)
    assert progress_of(member, course).next_step.status == "In progress"
    pass_quiz(step, member, right=False)
    assert not Completion.objects.exists()
    sitting = pass_quiz(step, member)
    done = Completion.objects.get()
    assert (done.completed_on, done.source) == (today(), "webinar")
    assert StepProgress.objects.get().finished_at == sitting.marked_at
    with pytest.raises(CannotStart, match="already"):
        begin_quiz_of_webinar(step=step, by=member)


def test_a_part_is_made_up_for_with_the_recording_and_the_quiz(member: Member) -> None:
    _, step = live_course(step__with_quiz=True)
    there = was_at(step, member, "part")
    with pytest.raises(CannotStart):
        begin_quiz_of_webinar(step=step, by=member)
    watch(there)
    assert not Completion.objects.exists()
    pass_quiz(step, member)
    assert Completion.objects.get().completed_on == today()


def test_who_was_there_for_nobody_knows_how_long_makes_up_for_it_too(member: Member) -> None:
    _, step = live_course(step__with_quiz=True)
    watch(was_at(step, member, outcome="unknown", seconds=None))
    pass_quiz(step, member)
    assert Completion.objects.get()


def test_without_a_quiz_a_part_is_a_part(member: Member) -> None:
    course, step = live_course()
    watch(was_at(step, member, "part"))
    assert not Completion.objects.exists()
    assert progress_of(member, course).next_step.status == "In progress"
    was_at(step, member, days_ago=1)
    assert Completion.objects.get().completed_on == days_ago(1)


def test_a_better_attendance_takes_the_place_of_a_part_and_never_the_other_way(
    member: Member,
) -> None:
    _, step = live_course(modules=1)
    was_at(step, member, "part", days_ago=5)
    whole = was_at(step, member, days_ago=4)
    was_at(step, member, "part", days_ago=1)
    assert Attended.objects.get().attendance == whole
    assert StepProgress.objects.get().finished_at == whole.session.ends_at


def test_one_quiz_in_two_places_of_a_course(member: Member) -> None:
    course, step = live_course(step__with_quiz=True)
    QuizStepFactory(parent=course, quiz=step.quiz)
    was_at(step, member)
    pass_quiz(step, member)
    assert StepProgress.objects.count() == 2
    assert Completion.objects.get().source == "course"


# --- Whom and what it does not count for --------------------------------------------------------
def test_nobody_else_s_attendance_counts(member: Member) -> None:
    course, step = live_course(step__with_quiz=True)
    enrol(course=course, by=member)
    was_at(step, MemberFactory())
    with pytest.raises(CannotStart):
        begin_quiz_of_webinar(step=step, by=member)
    assert progress_of(member, course).done == 0


def test_who_was_absent_has_done_nothing(member: Member) -> None:
    _, step = live_course()
    was_at(step, member, "absent")
    assert not Enrolment.objects.exists()


def test_the_too_young_are_left_out_and_the_others_counted(member: Member) -> None:
    _, step = live_course(adults_only=True)
    session = session_of(step)
    was_at(step, MemberFactory(under_18=True), session=session)
    was_at(step, member, session=session)
    assert Enrolment.objects.get().member == member


def test_a_draft_a_closed_course_and_another_webinar_ask_for_nothing(member: Member) -> None:
    course, step = live_course(modules=1)
    draft = WebinarStepFactory(parent=course, draft=True)
    closed, closed_step = live_course()
    closed.unpublish()
    for each in (draft, closed_step):
        was_at(each, member)
    was_at(WebinarStepFactory(parent=CourseFactory()), member)
    assert not Attended.objects.filter(step__in=[step.pk, draft.pk, closed_step.pk]).exists()


def test_what_came_before_the_course_asked_counts_when_it_is_started(member: Member) -> None:
    course, step = live_course(modules=1)
    step.unpublish()
    was_at(step, member, "part", days_ago=2)
    was_at(step, member, days_ago=9)
    was_at(step, MemberFactory(), days_ago=1)
    step.refresh_from_db()
    step.save_revision().publish()
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    assert {it.finished_at.date() for it in StepProgress.objects.all()} == {days_ago(9), today()}
    assert Completion.objects.get().completed_on == today()
