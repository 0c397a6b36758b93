"""Markers, clocks and learners at the same moment, on PostgreSQL.

The last tests take a guard away and must see the race. If one of them fails, the tests above it
prove nothing.
"""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

from members.clock import database_now
from members.models import Mail
from quizzes import actions
from quizzes.actions import AlreadySubmitted, close_if_over, save_answer
from quizzes.adjusting.actions import adjust
from quizzes.essays import actions as marking
from quizzes.essays.actions import CannotMark, mark_essay, take_essay
from quizzes.models import Adjustment, Answer, EssayMark, Sitting, Writing
from tests.crowds import failures
from tests.members.factories import MemberFactory
from tests.quizzes.essays import essay_quiz, handed_in, marker, permitted, written
from tests.quizzes.factories import QuizFactory, SittingFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def without_marking_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "_one_marker_at_a_time", lambda writing: None)


def takes(writing: Writing, markers: list[Member]) -> list[Exception]:
    return failures(*(lambda by=by: take_essay(writing=writing, by=by) for by in markers))


def taken_pair(ann: Member) -> tuple[Writing, Writing]:
    """Both essays of one sitting, in one marker's hands."""
    sitting = handed_in(essay_quiz(essays=2))
    first, second = Writing.objects.filter(answer__sitting=sitting).order_by("pk")
    return take_essay(writing=first, by=ann), take_essay(writing=second, by=ann)


def marks(writings: tuple[Writing, ...], ann: Member) -> list[Exception]:
    return failures(*(lambda it=it: mark_essay(writing=it, mark=50, by=ann) for it in writings))


def answered_as_time_ends() -> tuple[Answer, list[str], list[Exception]]:
    """Somebody answers while the clock closes the sitting, which it just may."""
    sitting = SittingFactory(quiz=QuizFactory(questions=1, time_limit_minutes=30), right=0)
    answer = sitting.answers.select_related("revision", "sitting__member").get()
    chosen = list(answer.asked.right)
    soon = database_now() + dt.timedelta(milliseconds=15)
    Sitting.objects.update(closes_at=soon)

    def close() -> None:
        while close_if_over(Sitting.objects.with_clock().get(pk=sitting.pk)).is_open:
            pass

    def save() -> None:
        for _ in range(30):
            save_answer(answer=Answer.objects.get(pk=answer.pk), chosen=chosen, by=sitting.member)

    failed = failures(close, close, save, save)
    answer.refresh_from_db()
    return answer, chosen, failed


# --- Held -----------------------------------------------------------------------------------------
def test_one_of_many_markers_takes_an_essay() -> None:
    writing, markers = written(handed_in()), [marker() for _ in range(6)]
    failed = takes(writing, markers)
    assert [type(error) for error in failed] == [CannotMark] * 5
    writing.refresh_from_db()
    assert str(writing.marker) in str(failed[0])


def test_the_last_two_marks_at_once_give_one_result(told: list[int]) -> None:
    ann = marker()
    for _ in range(3):
        told.clear()
        pair = taken_pair(ann)
        assert marks(pair, ann) == []
        sitting = Sitting.objects.get(pk=pair[0].answer.sitting_id)
        assert (sitting.is_marked, told) == (True, [sitting.pk])


def test_a_double_click_marks_once(told: list[int]) -> None:
    ann = marker()
    writing = take_essay(writing=written(handed_in()), by=ann)
    assert marks((writing,) * 4, ann) == []
    assert (EssayMark.objects.count(), len(told), Mail.objects.count()) == (1, 1, 1)


def test_time_out_against_an_answer_marks_what_is_kept() -> None:
    for _ in range(5):
        answer, chosen, failed = answered_as_time_ends()
        assert {type(error) for error in failed} <= {AlreadySubmitted}
        assert answer.mark == 100 * (answer.chosen == chosen)


def test_two_adjustments_at_once_are_one_and_nobody_sees_an_error() -> None:
    member, quiz = MemberFactory(), QuizFactory()
    by = permitted("add_adjustment", "change_adjustment")
    given = {"member": member, "quiz": quiz, "extra_attempts": 0, "by": by}
    assert failures(*(lambda n=n: adjust(extra_time=n, **given) for n in range(1, 7))) == []
    assert Adjustment.objects.get().extra_time in range(1, 7)


def test_a_sitting_that_begins_meanwhile_has_the_extra_time() -> None:
    quiz, by = QuizFactory(time_limit_minutes=30), permitted("add_adjustment", "change_adjustment")
    for _ in range(5):
        member = MemberFactory()
        given = {"member": member, "quiz": quiz, "extra_attempts": 0, "extra_time": 100, "by": by}
        start = lambda who=member: actions.start_sitting(quiz=quiz, by=who)  # noqa: E731
        assert failures(start, lambda given=given: adjust(**given)) == []
        sitting = Sitting.objects.get(member=member)
        assert sitting.closes_at == sitting.started_at + dt.timedelta(minutes=60)


# --- What the guards are for ----------------------------------------------------------------------
def test_control__without_the_lock_two_markers_take_one_essay(
    without_marking_lock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet(monkeypatch, "_hand")
    assert takes(written(handed_in()), [marker(), marker()]) == []


def test_control__without_the_lock_the_last_two_marks_leave_no_result(
    without_marking_lock: None, monkeypatch: pytest.MonkeyPatch, told: list[int]
) -> None:
    ann = marker()
    pair = taken_pair(ann)
    # The trail's chain is a lock too, by chance: without it, each misses the other's mark.
    monkeypatch.setattr(marking, "_record", lambda *facts: None)
    meet(monkeypatch, "finish_marking", and_wait=True)
    assert marks(pair, ann) == []
    assert told == []
    assert Sitting.objects.get().awaits_marking


def test_control__without_the_lock_an_answer_is_kept_that_was_not_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=1, time_limit_minutes=30), right=0)
    answer = sitting.answers.select_related("revision", "sitting__member").get()
    chosen, looked, closed = list(answer.asked.right), Event(), Event()

    def unlocked(pk: int, by: Member) -> Sitting:
        found = Sitting.objects.with_clock().get(pk=pk)
        if not looked.is_set():
            looked.set()
            closed.wait(timeout=60)
        return found

    def close() -> None:
        looked.wait(timeout=60)
        Sitting.objects.update(closes_at=database_now())
        close_if_over(Sitting.objects.with_clock().get())
        closed.set()

    monkeypatch.setattr(actions, "_locked", unlocked)
    save = lambda: save_answer(answer=answer, chosen=chosen, by=sitting.member)  # noqa: E731
    assert failures(save, close) == []
    answer.refresh_from_db()
    assert (answer.chosen, answer.mark) == (chosen, 0)


def meet(monkeypatch: pytest.MonkeyPatch, name: str, *, and_wait: bool = False) -> None:
    """Let two markers come to this point of marking, both, before either goes on.

    `and_wait`: neither commits, either, before both are past it.
    """
    gate, deed = Barrier(2), getattr(marking, name)

    def wait(*facts: object) -> None:
        gate.wait(timeout=60)
        deed(*facts)
        if and_wait:
            gate.wait(timeout=60)

    monkeypatch.setattr(marking, name, wait)
