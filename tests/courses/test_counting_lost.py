"""A lost task loses nobody's training, and what counts for nothing is not asked for ever."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses import counting, finishing
from courses.attended import look_again
from courses.counting import AT_ONCE, finish_left
from courses.finishing import finish_each, to_finish
from courses.models import Attended, Enrolment
from members.dates import today
from tests.courses.factories import CompletionFactory
from tests.courses.webinars import (
    a_report,
    counted,
    live_course,
    pass_quiz,
    session_of,
    was_at,
    watch,
    withdraw,
)
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory
from webinars.attendance.deciding import confirm

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db
MANY = AT_ONCE + 3


@pytest.fixture
def host() -> Member:
    return MemberFactory()


def test_what_a_lost_task_left_is_found_once(
    host: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    _, step = live_course()
    confirm(file=a_report(step, MANY), by=host)  # the task never runs
    finish_each(Attended.objects.values_list("pk", flat=True)[:5])  # or was killed on its way
    for number in (MANY - 5, 0):
        call_command("count_attendance")
        assert capsys.readouterr().out == f"Attendance counted: {number}\n"
    assert counted() == MANY


def test_nobody_waits_because_somebody_else_s_cannot_be_counted(
    host: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, step = live_course()
    confirm(file=a_report(step, MANY), by=host)
    broken = Attended.objects.order_by("pk")[1]

    def look(noted: Attended) -> None:
        if noted == broken:
            raise RuntimeError
        look_again(noted)

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "look_again", look)
        with pytest.raises(CommandError, match="Not counted: 1"):
            call_command("count_attendance", verbosity=0)
    assert counted() == MANY - 1
    assert finish_left() == (1, 0)


def test_what_rightly_counts_for_nothing_is_not_looked_at_for_ever() -> None:
    course, step = live_course(adults_only=True)
    was_at(step, MemberFactory(under_18=True))
    done = CompletionFactory(course=course, completed_on=today() - dt.timedelta(days=100))
    was_at(step, done.member)
    was_at(step, MemberFactory(), "part")
    was_at(step, MemberFactory(), "absent")
    twice = was_at(step, MemberFactory(), days_ago=5).member
    was_at(step, twice, days_ago=9)
    assert not to_finish().exists()


def test_whose_quiz_is_passed_already_is_found(
    host: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the host's, mended with a report that names many; and the task is lost."""
    _, step = live_course(step__with_quiz=True)
    whole, part = was_at(step, MemberFactory()), was_at(step, MemberFactory(), "part")
    watch(part)
    for there in (whole, part):
        pass_quiz(step, there.member)
        withdraw(there, host)
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    was_at(step, whole.member, session=whole.session)
    was_at(step, part.member, "part", session=part.session)
    was_at(step, MemberFactory())  # has the quiz to do
    assert {noted.enrolment.member for noted in to_finish()} == {whole.member, part.member}
    assert (finish_left(), finish_left()) == ((2, 0), (0, 0))
    assert counted() == 2


def test_a_quiz_of_a_round_that_was_complete_is_not_passed_for_the_next() -> None:
    course, step = live_course(step__with_quiz=True)
    member = was_at(step, MemberFactory()).member
    pass_quiz(step, member)
    second = Enrolment.objects.create(
        member=member, course=course, cycle=2, started_at=timezone.now()
    )
    there = AttendanceFactory(member=member, session=session_of(step))
    Attended.objects.create(enrolment=second, step=step, attendance=there)
    assert not to_finish().exists()
