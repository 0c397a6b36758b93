"""Attendance confirmed while the quiz is passed: on PostgreSQL, where writers can meet.

The control takes the guard away, and the same race must then lose the completion.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from courses import actions, attended, counting, noting, rounds
from courses.actions import begin_quiz_of_webinar
from courses.models import Completion, Enrolment
from courses.signals import course_completed
from quizzes.actions import save_answer, submit_sitting
from quizzes.models import Question
from tests.courses.webinars import confirm, live_course, session_of, was_at, withdraw
from tests.crowds import failures
from tests.members.factories import MemberFactory
from tests.webinars.factories import (
    AttendanceFactory,
    BookingFactory,
    SessionFactory,
    WebinarPageFactory,
)
from webinars.attendance.deciding import count_check_ins
from webinars.checking_in.verbs import check_in, show_code

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def confirmed_as_the_quiz_is_passed(patch: pytest.MonkeyPatch, *, patience: float) -> int:
    """Return how many completions come of it, each told once.

    Both wait, having looked and before they commit, until the other has looked too: so long.
    """
    course, step = live_course(step__with_quiz=True)
    member, heard = MemberFactory(), []
    there = was_at(step, member)
    sitting = begin_quiz_of_webinar(step=step, by=member)
    for each in sitting.answers.all():
        options = Question.objects.get(pk=each.question_id).options.all()
        right = [option.key for option in options if option.is_correct]
        save_answer(answer=each, chosen=right, by=member)
    withdraw(there)  # a slip of the host's, mended at the moment the member hands in
    again = AttendanceFactory(member=member, session=there.session)

    def hear(completion: Completion, **_: object) -> None:
        heard.append(completion.pk)

    both = Barrier(2, timeout=patience)
    with patch.context() as slow:
        slow.setattr(counting, "_ready", waiting(both, counting._ready))
        slow.setattr(actions, "count_quiz", waiting(both, actions.count_quiz))
        course_completed.connect(hear)
        try:
            deeds = [lambda: confirm(again), lambda: submit_sitting(sitting=sitting, by=member)]
            assert failures(*deeds) == []
        finally:
            course_completed.disconnect(hear)
    assert len(heard) == Completion.objects.filter(course=course).count()
    return len(heard)


def test_all_who_check_in_while_the_host_counts_have_done_the_course_and_nobody_waits() -> None:
    cache.clear()
    _, step = live_course(step__webinar=WebinarPageFactory(by_code=True))
    session = SessionFactory(webinar=step.webinar, hosts=[MemberFactory()], live_now=True)
    host = session.hosts.get()
    people = [BookingFactory(session=session).member for _ in range(4)]
    code = show_code(session=session, by=host).code
    deeds = [partial(check_in, session=session, by=who, code=code) for who in people]
    assert failures(*deeds, lambda: count_check_ins(session=session, by=host)) == []
    assert set(Completion.objects.values_list("member", flat=True)) == {who.pk for who in people}


def waiting(both: Barrier, act: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*args: Any, **kwargs: Any) -> Any:
        found = act(*args, **kwargs)
        with suppress(BrokenBarrierError):
            both.wait()
        return found

    return slow


def test_whatever_comes_first_there_is_one_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        assert confirmed_as_the_quiz_is_passed(monkeypatch, patience=0.3) == 1


def test_without_holding_the_round_both_see_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (attended, rounds):
        monkeypatch.setattr(module, "hold", lambda enrolment: None)
    monkeypatch.setattr(noting, "hold_all", lambda enrolments: None)
    assert confirmed_as_the_quiz_is_passed(monkeypatch, patience=20) == 0


def test_two_reports_and_two_sessions_at_once_complete_it_once() -> None:
    _, step = live_course()
    member, session = MemberFactory(), session_of(step)
    rows = [AttendanceFactory(member=member, session=each) for each in (session, session_of(step))]
    deeds = [lambda row=row: confirm(row) for row in [*rows, *rows]]
    assert failures(*deeds) == []
    assert Enrolment.objects.get() == Completion.objects.get().enrolment
