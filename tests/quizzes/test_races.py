"""Many requests at once: one sitting, one mark, no answer lost or changed after it was fixed.

The control takes a guard away, and the same races must then fail. If it does not, the test above
it proves nothing.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from members.clock import database_now
from quizzes.actions import (
    AlreadySettled,
    AlreadySubmitted,
    close_if_over,
    save_answer,
    settle_answer,
    start_sitting,
    submit_sitting,
)
from quizzes.attempts import NoAttemptNow
from quizzes.marking import mark
from quizzes.models import Answer, Sitting, Writing
from tests.crowds import PAUSE, at_once, fails_in_some_round
from tests.members.factories import MemberFactory
from tests.quizzes import crowds
from tests.quizzes.crowds import told
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def paper(**fields: Any) -> tuple[Sitting, Answer, Answer]:
    """A sitting with part marks and typed words, and its answers in that order."""
    order = QuestionFactory(
        kind="ordering", right=[], wrong=["One", "Two", "Three"], is_partial=True
    )
    text = QuestionFactory(kind="short_text", right=["The lead"], wrong=[])
    sitting = SittingFactory(quiz=QuizFactory(questions=[order, text], order="written", **fields))
    return sitting, *sitting.answers.with_words()


def read(answer: Answer) -> Answer:
    return Answer.objects.with_words().get(pk=answer.pk)


def save(answer: Answer, *chosen: str, typed: str = "") -> Callable[[], Answer]:
    """Answer as a request does: the answer is read first, then saved."""

    def deed() -> Answer:
        mine = read(answer)
        return save_answer(answer=mine, chosen=chosen, typed=typed, by=mine.sitting.member)

    return deed


def submit(sitting: Sitting) -> Callable[[], Sitting]:
    return lambda: submit_sitting(sitting=sitting, by=sitting.member)


def kinds_of(outcomes: list[Any]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


def assert_marks_are_of_these_answers(sitting: Sitting) -> None:
    for answer in sitting.answers.with_words():
        assert answer.mark == mark(answer.asked, chosen=answer.chosen, typed=answer.typed)
        assert answer.is_answered is bool(answer.chosen or answer.typed)


# --- Races ---------------------------------------------------------------------------------------
def starts_make_one_sitting() -> None:
    quiz, member = QuizFactory(attempts_allowed=1), MemberFactory()
    outcomes = at_once(lambda: start_sitting(quiz=quiz, by=member))
    assert kinds_of(outcomes) == {Sitting}
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert quiz.sittings.get().answers.count() == 3


def starts_leave_one_sitting_whatever_people_see() -> None:
    quiz, member = QuizFactory(), MemberFactory()
    at_once(lambda: start_sitting(quiz=quiz, by=member))
    assert quiz.sittings.count() == 1


def whole_sittings_use_one_single_attempt() -> None:
    quiz, member = QuizFactory(attempts_allowed=1), MemberFactory()
    with told() as heard:
        outcomes = at_once(
            lambda: submit_sitting(sitting=start_sitting(quiz=quiz, by=member), by=member)
        )
    assert kinds_of(outcomes) <= {Sitting, NoAttemptNow}
    assert heard == [quiz.sittings.get().pk]


def submits_mark_once() -> None:
    sitting = SittingFactory(right=3)
    with told() as heard:
        outcomes = at_once(submit(sitting))
    assert kinds_of(outcomes) == {Sitting}
    sitting.refresh_from_db()
    assert {(o.score, o.submitted_at) for o in outcomes} == {(300, sitting.submitted_at)}
    assert heard == [sitting.pk]


def an_answer_saved_while_submitting_is_marked_or_refused() -> None:
    sitting, order, text = paper()
    one, two, three = order.asked.in_order
    outcomes = at_once(
        save(order, two, one, three),
        save(text, typed="The lead"),
        submit(sitting),
        save(order, one, two, three),
    )
    assert kinds_of(outcomes) <= {Answer, Sitting, AlreadySubmitted}
    assert_marks_are_of_these_answers(sitting)


def two_devices_leave_one_whole_answer() -> None:
    _, order, text = paper()
    keys = order.asked.in_order
    outcomes = at_once(
        save(text, typed="The lead"), save(order, *keys), save(text), save(text, typed="Me")
    )
    assert kinds_of(outcomes) == {Answer}
    assert read(order).chosen == keys
    assert read(text).typed in {"The lead", "", "Me"}
    assert read(text).is_answered is Writing.objects.filter(answer=text).exists()


def a_settled_answer_stays_as_it_was_shown() -> None:
    sitting, order, text = paper(feedback_when="each")
    keys = order.asked.in_order
    before = [read(order), read(text)]

    def settle(answer: Answer) -> Callable[[], Answer]:
        mine = read(answer)
        return lambda: settle_answer(answer=mine, by=sitting.member)

    def save_late(answer: Answer) -> Callable[[], Answer]:
        words = {"chosen": keys[::-1]} if answer.pk == order.pk else {"typed": "You"}
        return lambda: save_answer(answer=answer, by=sitting.member, **words)

    settles = [settle(answer) for answer in (order, text, order, text)]
    outcomes = at_once(save(order, *keys), save(text, typed="Me"), *settles)
    assert kinds_of(outcomes) <= {Answer, AlreadySettled}
    shown = [one for one in outcomes if isinstance(one, Answer) and one.is_settled]
    late = at_once(*(save_late(answer) for answer in before), crowd=2)
    assert kinds_of(late) == {AlreadySettled}
    assert {one.pk for one in shown} == {order.pk, text.pk}
    for one in shown:
        assert (one.chosen, one.typed) == (read(one).chosen, read(one).typed)


def when_time_is_up_nothing_changes_any_more() -> None:
    sitting, order, text = paper(time_limit_minutes=1)
    keys = order.asked.in_order
    ends = database_now() + timedelta(seconds=PAUSE * 2)
    Sitting.objects.filter(pk=sitting.pk).update(closes_at=ends)

    def close() -> Sitting:
        time.sleep(PAUSE * 2)
        return close_if_over(Sitting.objects.with_clock().get(pk=sitting.pk))

    with told() as heard:
        outcomes = at_once(save(order, *keys), save(text, typed="The lead"), close, submit(sitting))
        outcomes += at_once(close, submit(sitting), save(text, typed="Me"), crowd=6)
    assert kinds_of(outcomes) <= {Answer, Sitting, AlreadySubmitted}
    assert heard == [sitting.pk]
    assert read(text).typed != "Me"
    assert_marks_are_of_these_answers(sitting)


def closing_and_submitting_mark_once() -> None:
    sitting, *_ = paper(time_limit_minutes=1)
    Sitting.objects.filter(pk=sitting.pk).update(closes_at=database_now())
    seen_before = Sitting.objects.with_clock().get(pk=sitting.pk)
    with told() as heard:
        outcomes = at_once(lambda: close_if_over(seen_before), submit(sitting))
    assert {(type(one), one.is_timed_out) for one in outcomes} == {(Sitting, True)}
    assert heard == [sitting.pk]


RACES = [
    starts_make_one_sitting,
    whole_sittings_use_one_single_attempt,
    submits_mark_once,
    an_answer_saved_while_submitting_is_marked_or_refused,
    two_devices_leave_one_whole_answer,
    a_settled_answer_stays_as_it_was_shown,
    when_time_is_up_nothing_changes_any_more,
    closing_and_submitting_mark_once,
]
# Without which guard which of them fail.
NEEDS = [
    (crowds.without_start_lock, RACES[:2]),
    # Two devices meet so seldom that no number of rounds is sure to show it.
    (
        crowds.without_sitting_lock,
        [
            race
            for race in (*RACES[2:5], *RACES[6:])
            if race is not two_devices_leave_one_whole_answer
        ],
    ),
    (crowds.without_regard_to_settling, RACES[5:6]),
]


# Few tests, each with many races: who commits empties the database afterwards, and that is slow.
def test_races_are_held(subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch) -> None:
    crowds.slowly(monkeypatch)
    for race in RACES:
        with subtests.test(race.__name__):
            race()


def test_control__without_its_guard_each_race_fails(
    subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowds.slowly(monkeypatch)
    for take_away, races in NEEDS:
        for race in races:
            with (
                subtests.test(take_away.__name__, race=race.__name__),
                monkeypatch.context() as patch,
            ):
                take_away(patch)
                assert fails_in_some_round(race)


def test_control__without_the_lock_the_database_still_holds_one_sitting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowds.slowly(monkeypatch)
    crowds.without_start_lock(monkeypatch)
    starts_leave_one_sitting_whatever_people_see()
    with crowds.without_constraints():
        assert fails_in_some_round(starts_leave_one_sitting_whatever_people_see)
