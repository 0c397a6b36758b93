"""Many requests at once: one sitting, one mark. And what happens without the guards.

The last tests take a guard away and must see the race. If one of them fails, the tests above it
prove nothing.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from quizzes import actions
from quizzes.actions import AlreadySubmitted, save_answer, start_sitting, submit_sitting
from quizzes.attempts import NoAttemptNow
from quizzes.models import Answer, Sitting
from quizzes.signals import sitting_marked
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuizFactory, SittingFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

CROWD = 50
OPEN_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_open_once")
NUMBER_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_number_once")


def at_once(deed: Callable[[], object], crowd: int = CROWD) -> list[object]:
    """Do the same thing in many threads, released together; return what each got or met."""
    gate = threading.Barrier(crowd)
    outcomes: list[object] = []

    def run() -> None:
        connection.ensure_connection()
        gate.wait(timeout=60)
        try:
            outcomes.append(deed())
        except Exception as error:  # noqa: BLE001 (what went wrong is the outcome)
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def in_some_round(race: Callable[[], bool], rounds: int = 20) -> bool:
    """Return whether a race that chance decides shows itself: a busy machine may hide it once."""
    return any(race() for _ in range(rounds))


@pytest.fixture
def marked() -> Iterator[list[int]]:
    """The sittings other floors were told of."""
    told: list[int] = []

    def hear(sitting: Sitting, **_: object) -> None:
        told.append(sitting.pk)

    sitting_marked.connect(hear)
    yield told
    sitting_marked.disconnect(hear)


@pytest.fixture
def without_constraints() -> Iterator[None]:
    """The database no longer minds."""
    with connection.schema_editor() as editor:
        for constraint in (OPEN_ONCE, NUMBER_ONCE):
            editor.remove_constraint(Sitting, constraint)
    yield
    Answer.objects.all().delete()
    Sitting.objects.all().delete()
    with connection.schema_editor() as editor:
        for constraint in (OPEN_ONCE, NUMBER_ONCE):
            editor.add_constraint(Sitting, constraint)


@pytest.fixture
def without_start_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_one_start_at_a_time", lambda member: None)


@pytest.fixture
def without_sitting_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_locked", lambda pk, by: Sitting.objects.get(pk=pk))


# --- Held ----------------------------------------------------------------------------------------
def test_fifty_starts_make_one_sitting() -> None:
    quiz, member = QuizFactory(attempts_allowed=1), MemberFactory()
    outcomes = at_once(lambda: start_sitting(quiz=quiz, by=member))
    assert {type(outcome) for outcome in outcomes} == {Sitting}
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Sitting.objects.get().answers.count() == 3


def test_fifty_submits_mark_once(marked: list[int]) -> None:
    sitting = SittingFactory(right=3)
    outcomes = at_once(lambda: submit_sitting(sitting=sitting, by=sitting.member))
    assert {(type(o), o.score, o.submitted_at) for o in outcomes} == {
        (Sitting, 3, Sitting.objects.get().submitted_at)
    }
    assert marked == [sitting.pk]


def test_starts_and_submits_at_once_use_one_single_attempt(marked: list[int]) -> None:
    quiz, member = QuizFactory(attempts_allowed=1), MemberFactory()

    def whole_sitting() -> None:
        submit_sitting(sitting=start_sitting(quiz=quiz, by=member), by=member)

    outcomes = at_once(whole_sitting)
    assert {type(outcome) for outcome in outcomes} <= {type(None), NoAttemptNow}
    assert marked == [Sitting.objects.get().pk]


def test_an_answer_saved_while_submitting_is_marked_or_refused() -> None:
    for _ in range(10):
        sitting = SittingFactory(right=0, quiz=QuizFactory(questions=1))
        answer = sitting.answers.select_related("revision").get()
        right = list(answer.asked.right)
        outcomes = at_once(_either_save_or_submit(sitting, answer, right), crowd=8)
        assert {type(o) for o in outcomes} <= {Answer, Sitting, AlreadySubmitted}
        answer.refresh_from_db()
        assert answer.mark == int(answer.chosen == right)


# --- What the guards are for ----------------------------------------------------------------------
def test_control__without_lock_the_constraint_still_holds_but_people_see_errors(
    without_start_lock: None,
) -> None:
    def race() -> bool:
        quiz, member = QuizFactory(), MemberFactory()
        outcomes = at_once(lambda: start_sitting(quiz=quiz, by=member))
        assert Sitting.objects.filter(quiz=quiz).count() == 1
        return any(not isinstance(outcome, Sitting) for outcome in outcomes)

    assert in_some_round(race)


def test_control__without_lock_and_constraint_there_are_several_sittings(
    without_start_lock: None, without_constraints: None
) -> None:
    def race() -> bool:
        quiz, member = QuizFactory(attempts_allowed=1), MemberFactory()
        at_once(lambda: start_sitting(quiz=quiz, by=member))
        return Sitting.objects.filter(quiz=quiz).count() > 1

    assert in_some_round(race)


def test_control__without_the_sitting_lock_it_is_marked_several_times(
    without_sitting_lock: None, marked: list[int]
) -> None:
    def race() -> bool:
        marked.clear()
        sitting = SittingFactory(right=3)
        at_once(lambda: submit_sitting(sitting=sitting, by=sitting.member))
        return len(marked) > 1

    assert in_some_round(race)


def _either_save_or_submit(
    sitting: Sitting, answer: Answer, right: list[str]
) -> Callable[[], object]:
    turn = iter(range(100))
    lock = threading.Lock()

    def deed() -> object:
        with lock:
            saves = next(turn) % 2
        mine = Answer.objects.get(pk=answer.pk)
        if saves:
            return save_answer(answer=mine, chosen=right, by=sitting.member)
        return submit_sitting(sitting=sitting, by=sitting.member)

    return deed
