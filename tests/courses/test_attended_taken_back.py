"""Attendance that should never have counted: what rests on it goes, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from certificates.models import Certificate
from courses.actions import finish_step
from courses.models import Attended, Completion, Enrolment, ModulePage, Revocation, StepProgress
from courses.progress import progress_of
from courses.proofs import best_completion
from courses.revoking import revoke_completion
from members.dates import today
from members.models import AuditEvent
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.courses.webinars import (
    WebinarStepFactory,
    confirm,
    decide_anew,
    live_course,
    pass_quiz,
    was_at,
    watch,
    withdraw,
)
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return MemberFactory()


@pytest.fixture
def host() -> Member:
    return MemberFactory()


def test_a_part_that_rests_on_it_is_to_do_again(member: Member, host: Member) -> None:
    course, step = live_course(modules=1)
    lesson = ModulePage.objects.child_of(course).get()
    there = was_at(step, member)
    withdraw(there, host)
    assert progress_of(member, course).done == 0
    finish_step(step=lesson, by=member)
    assert progress_of(member, course).in_words == "1 of 2 parts completed"
    assert not Revocation.objects.exists()


def test_a_completion_is_revoked_with_its_certificate(member: Member, host: Member) -> None:
    course, step = live_course()
    others = [was_at(step, MemberFactory()).member for _ in range(2)]
    withdraw(was_at(step, member), host)
    assert best_completion(member, course) is None
    assert all(best_completion(other, course) for other in others)
    revoked = Revocation.objects.get()
    assert (revoked.recorded_by, revoked.completion.member) == (host, member)
    certificate = Certificate.objects.get(completion=revoked.completion)
    assert (certificate.status, certificate.revoked_by) == ("revoked", host)
    deeds = {event.action for event in AuditEvent.objects.about(member)}
    assert deeds == {"completion.revoked", "certificate.revoked"}
    assert StepProgress.objects.filter(enrolment=revoked.completion.enrolment).exists()


def test_confirmed_anew_it_completes_anew(member: Member, host: Member) -> None:
    course, step = live_course()
    there = was_at(step, member)
    withdraw(there, host)
    confirm(AttendanceFactory(member=member, session=there.session))
    done = best_completion(member, course)
    assert (done.enrolment.cycle, done.completed_on) == (2, there.session.ends_at.date())
    assert Certificate.objects.get(completion=done).status == "valid"
    assert Completion.objects.count() == 2


def test_a_slip_of_the_host_s_costs_nobody_what_they_read_and_passed(
    member: Member, host: Member
) -> None:
    course, step = live_course(modules=1, step__with_quiz=True)
    second = WebinarStepFactory(parent=course)
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    was_at(second, member)
    there = was_at(step, member)
    pass_quiz(step, member)
    for _ in range(2):
        withdraw(there, host)
        assert progress_of(member, course).completion is None
        there = confirm(AttendanceFactory(member=member, session=there.session))
        assert progress_of(member, course).completion
    assert Enrolment.objects.count() == 3
    assert Attended.objects.filter(enrolment__cycle=3).count() == 2


def test_who_was_there_at_another_time_keeps_it(member: Member, host: Member) -> None:
    course, step = live_course()
    wrong = was_at(step, member, days_ago=9)
    right = was_at(step, member, days_ago=5)
    was_at(step, member, "part", days_ago=2)
    withdraw(wrong, host)
    assert best_completion(member, course)
    assert Attended.objects.get().attendance == right
    withdraw(right, host)
    assert best_completion(member, course) is None


def test_what_counted_for_an_earlier_round_is_no_other_time(member: Member, host: Member) -> None:
    _, step = live_course()
    was_at(step, member, days_ago=800)
    there = was_at(step, member, days_ago=5)
    assert Completion.objects.count() == 2
    withdraw(there, host)
    assert [it.enrolment.cycle for it in Completion.objects.standing()] == [1]


def test_decided_to_be_less_than_it_was(member: Member, host: Member) -> None:
    course, step = live_course(step__with_quiz=True)
    there = was_at(step, member)
    pass_quiz(step, member)
    decide_anew(there, "part", host)
    assert best_completion(member, course) is None
    assert progress_of(member, course).next_step.status == "In progress"
    watch(there)
    done = best_completion(member, course)
    assert (done.completed_on, done.enrolment.cycle) == (today(), 2)
    decide_anew(there, "absent", host)
    assert best_completion(member, course) is None
    assert not Attended.objects.exists()


def test_without_somebody_who_answers_for_it_no_completion_is_revoked(member: Member) -> None:
    course, step = live_course()
    decide_anew(was_at(step, member), "absent", None)
    assert best_completion(member, course)


def test_what_a_refresher_renewed_goes_with_it(member: Member, host: Member) -> None:
    refresher, step = live_course()
    course = CourseFactory(refresher=refresher)
    soon = today() + dt.timedelta(days=30)
    CompletionFactory(course=course, member=member, valid_to=soon, renews_from=today())
    CompletionFactory(course=course, member=member, imported=True, valid_to=soon)
    there = was_at(step, member, days_ago=0)
    assert Completion.objects.filter(source="refresher").exists()
    withdraw(there, host)
    assert {it.source for it in Completion.objects.standing()} == {"course", "imported"}


def test_attendance_that_counted_for_nothing_is_taken_back_in_silence(host: Member) -> None:
    withdraw(AttendanceFactory(), host)
    assert not Revocation.objects.exists()


def test_a_round_revoked_for_another_reason_is_not_completed_again(member: Member) -> None:
    course, step = live_course()
    there = was_at(step, member)
    administrator = MemberFactory(administrator=True)
    revoke_completion(completion=Completion.objects.get(), reason="Mistake", by=administrator)
    confirm(there)
    assert best_completion(member, course) is None
    assert Certificate.objects.get().status == "revoked"
