"""Tasks at the same moment as others: on PostgreSQL, where writers can meet.

The controls let nobody hold the round, and the same races must then go wrong.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING, Any

import pytest

from courses import attended, counting, rounds
from courses.finishing import finish_each
from courses.models import Attended, Completion, StepProgress
from courses.signals import course_completed
from tests.courses.webinars import WebinarStepFactory, confirm, live_course, session_of, withdraw
from tests.crowds import at_once, failures
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from courses.models import WebinarStepPage
    from webinars.models import Attendance

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def _nobody_is_counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave everything to tasks, and lose those that the act itself would start."""
    monkeypatch.setattr(counting, "AT_ONCE", -1)
    monkeypatch.setattr(counting, "_hand_over", lambda ids: None)


@contextmanager
def heard() -> Iterator[list[int]]:
    said: list[int] = []

    def hear(completion: Completion, **_: object) -> None:
        said.append(completion.member_id)

    course_completed.connect(hear)
    try:
        yield said
    finally:
        course_completed.disconnect(hear)


def meeting(both: Barrier, act: Callable[..., Any]) -> Callable[..., Any]:
    """Wait, having come to this act, until the other is where it waits, too; not for ever."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        with suppress(BrokenBarrierError):
            both.wait()
        return act(*args, **kwargs)

    return slow


def holding_nothing(patch: pytest.MonkeyPatch) -> None:
    for module in (attended, rounds):
        patch.setattr(module, "hold", lambda enrolment: None)


def noted(step: WebinarStepPage, **fields: Any) -> Attendance:
    return confirm(AttendanceFactory(session=session_of(step), **fields))


def test_two_tasks_for_the_same_people_count_each_once() -> None:
    _, step = live_course()
    session = session_of(step)
    for member in MemberFactory.create_batch(6):
        confirm(AttendanceFactory(session=session, member=member))
    ids = list(Attended.objects.values_list("pk", flat=True))
    with heard() as said:
        met = at_once(lambda: finish_each(ids), crowd=4)
    assert met == [(6, 0)] * 4
    assert len(said) == len(set(said)) == 6
    assert Completion.objects.count() == StepProgress.objects.count() == 6


# --- Two webinars of one course, counted at the same moment -------------------------------------
def two_tasks_for_one_round(patch: pytest.MonkeyPatch, *, patience: float) -> int:
    """Return how many completions come of it: both wait, before they count what is finished."""
    course, first = live_course()
    second = WebinarStepFactory(parent=course)
    member = MemberFactory()
    rows = [noted(step, member=member) for step in (first, second)]
    ids = [Attended.objects.get(attendance=row).pk for row in rows]
    with patch.context() as slow, heard() as said:
        both = Barrier(2, timeout=patience)
        slow.setattr(rounds, "complete_when_done", meeting(both, rounds.complete_when_done))
        assert failures(*[lambda pk=pk: finish_each([pk]) for pk in ids]) == []
    assert len(said) == Completion.objects.filter(course=course).count()
    return len(said)


def test_two_parts_at_once_complete_the_course_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert two_tasks_for_one_round(monkeypatch, patience=0.3) == 1


def test_control__without_holding_the_round_both_see_one_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holding_nothing(monkeypatch)
    assert two_tasks_for_one_round(monkeypatch, patience=20) == 0


# --- A task, and the host who undoes it ---------------------------------------------------------
def a_task_while_it_is_undone(patch: pytest.MonkeyPatch, *, patience: float) -> int:
    """Return how many completions stand: the task waits, having read it, until it is undone."""
    _, step = live_course()
    row = noted(step)
    pk, undone = Attended.objects.get(attendance=row).pk, Barrier(2, timeout=patience)

    def undo() -> None:
        with suppress(BrokenBarrierError):
            undone.wait()  # the task has read it
        withdraw(row)
        with suppress(BrokenBarrierError):
            undone.wait()

    def finish(*args: Any, **kwargs: Any) -> Any:
        for _ in range(2):
            with suppress(BrokenBarrierError):
                undone.wait()
        return rounds.finish(*args, **kwargs)

    with patch.context() as slow:
        slow.setattr(attended, "finish", finish)
        assert failures(lambda: finish_each([pk]), undo) == []
    return Completion.objects.standing().count()


def test_what_is_undone_meanwhile_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert a_task_while_it_is_undone(monkeypatch, patience=1) == 0


def test_control__without_holding_the_round_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    holding_nothing(monkeypatch)
    assert a_task_while_it_is_undone(monkeypatch, patience=20) == 1
