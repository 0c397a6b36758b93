"""What a new edition means for those who did an older one, and for who is half-way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from courses.actions import begin_quiz, enrol, finish_passed_quiz, finish_step
from courses.models import Completion, CoursePage, Edition, Enrolment, ModulePage, QuizStepPage
from courses.progress import progress_of
from members.dates import today
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
)
from tests.courses.test_publishing import minor, publish
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


def finish(member: Member, *steps: ModulePage) -> None:
    for step in steps:
        finish_step(step=step, by=member)


# --- Who did an older one -----------------------------------------------------------------------
def test_after_a_minor_one_everything_counts_as_before() -> None:
    done = CompletionFactory()
    minor(done.course)
    progress = progress_of(done.member, done.course)
    assert progress.completion.counts_until == done.valid_to
    assert not progress.may_renew
    assert Completion.objects.valid(on=done.valid_to).exists()


def test_after_a_major_one_it_counts_to_the_day_that_was_said() -> None:
    until = today() + 30 * DAY
    done = CompletionFactory()
    publish(done.course, old_count_until=until)
    progress = progress_of(done.member, done.course)
    assert progress.completion.counts_until == until
    assert progress.completion.valid_to == done.valid_to
    assert progress.may_renew
    assert Completion.objects.valid(on=until).exists()
    assert not Completion.objects.valid(on=until + DAY).exists()


def test_without_a_day_it_stops_at_once_and_yesterday_stays_as_it_was() -> None:
    done = CompletionFactory(completed_on=today() - 9 * DAY)
    publish(done.course)
    assert progress_of(done.member, done.course).has_expired
    assert Completion.objects.valid(on=today() - DAY).exists()
    assert not Completion.objects.valid(on=today()).exists()


def test_what_ended_sooner_anyway_ends_then() -> None:
    done = CompletionFactory(valid_to=today())
    publish(done.course, old_count_until=today() + 30 * DAY)
    found = progress_of(done.member, done.course).completion
    assert (found.counts_until, found.is_cut_short) == (today(), False)


def test_done_again_it_counts_in_full() -> None:
    done = CompletionFactory()
    publish(done.course, old_count_until=today())
    enrol(course=done.course, by=done.member)
    finish(done.member, *modules_of(done.course))
    new = progress_of(done.member, done.course).completion
    assert (new.edition_number, new.cap, new.counts_until) == (2, None, new.valid_to)


def test_of_two_later_editions_the_stricter_one_holds() -> None:
    done = CompletionFactory()
    publish(done.course, old_count_until=today() + 90 * DAY)
    publish(done.course, old_count_until=today() + 30 * DAY)
    found = progress_of(done.member, done.course).completion
    assert found.counts_until == today() + 30 * DAY


def test_another_course_is_untouched() -> None:
    done = CompletionFactory()
    publish(CourseFactory())
    assert progress_of(done.member, done.course).completion.cap is None


# --- Who is half-way ----------------------------------------------------------------------------
def test_those_who_may_go_on_finish_the_new_edition() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first, second = modules_of(course)
    finish(member, first)
    publish(course, half_way=Edition.HalfWay.KEEP)
    assert progress_of(member, course).done == 1
    finish(member, second)
    done = progress_of(member, course).completion
    assert (done.edition_number, done.cap, Enrolment.objects.count()) == (2, None, 1)


def test_those_who_begin_again_keep_what_they_did_in_their_record() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first, second = modules_of(course)
    finish(member, first)
    publish(course, half_way=Edition.HalfWay.AGAIN)
    progress = progress_of(member, course)
    assert progress.was_overtaken
    assert (progress.is_open, progress.done, progress.may_start) == (False, 0, True)
    again = enrol(course=course, by=member)
    assert (again.cycle, again.edition_number) == (2, 2)
    finish(member, second)
    assert not Completion.objects.exists()
    assert Enrolment.objects.get(cycle=1).progress.count() == 1
    finish(member, first)
    assert progress_of(member, course).completion.edition_number == 2


def test_a_minor_one_overtakes_nobody() -> None:
    course, member = CourseFactory(), MemberFactory()
    finish(member, modules_of(course)[0])
    minor(course)
    assert progress_of(member, course).is_open


def test_reading_on_in_an_overtaken_renewal_begins_the_new_round() -> None:
    done = CompletionFactory(valid_to=today(), renews_from=today())
    enrol(course=done.course, by=done.member)
    publish(done.course, half_way=Edition.HalfWay.AGAIN)
    finish(done.member, *modules_of(done.course))
    assert Enrolment.objects.filter(member=done.member).count() == 3
    assert progress_of(done.member, done.course).completion.edition_number == 2


def test_a_completed_round_is_not_begun_again_by_reading() -> None:
    done = CompletionFactory()
    publish(done.course, half_way=Edition.HalfWay.AGAIN)
    finish(done.member, *modules_of(done.course))
    assert Enrolment.objects.count() == Completion.objects.count() == 1


def test_a_quiz_passed_in_an_overtaken_round_ends_it_in_its_own_edition() -> None:
    course, member = CourseFactory(modules=1, with_quiz=True), MemberFactory()
    finish(member, *modules_of(course))
    sitting = begin_quiz(step=QuizStepPage.objects.child_of(course).get(), by=member)
    until = today() + 30 * DAY
    publish(course, half_way=Edition.HalfWay.AGAIN, old_count_until=until)
    finish_passed_quiz(sitting=sitting)
    done = progress_of(member, course).completion
    assert (done.edition_number, done.counts_until) == (1, until)
