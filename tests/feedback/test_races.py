"""Many answers at once: all are counted, each person's once, and every fifth brings the totals up.

The control takes a guard away, and the same races must then fail.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from feedback import verbs
from feedback.models import Given, Tally
from feedback.verbs import AlreadyGiven, give
from tests.crowds import PAUSE, at_once, fails_in_some_round
from tests.feedback.subjects import ABOUT, AFTER, answers, counts, given, things
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ONCE = next(c for c in Given._meta.constraints if c.name == "given_once")


def answering(confidence: int) -> Callable[[], Given]:
    """Answer as somebody of one's own."""
    member, said = MemberFactory(), answers(confidence=confidence)
    return lambda: give(about=ABOUT, moment=AFTER, answers=said, by=member)


def nobody_is_lost() -> None:
    Tally.objects.all().delete()
    given(1, 1, 1)
    outcomes = at_once(answering(2), answering(3), crowd=2)
    assert [type(outcome) for outcome in outcomes] == [Given, Given]
    assert counts() == [3, 1, 1, 0, 0]
    assert counts("shown") == [3, 1, 1, 0, 0]  # these two made it five


def the_first_may_be_many() -> None:
    Tally.objects.all().delete()
    outcomes = at_once(*(answering(1 + number % 5) for number in range(8)))
    assert {type(outcome) for outcome in outcomes} == {Given}
    assert sum(counts()) == sum(counts(question="pace")) == 8
    assert sum(counts("shown")) == 5


def one_person_counts_once() -> None:
    Tally.objects.all().delete()
    Given.objects.all().delete()
    outcomes = at_once(answering(4))
    assert {type(outcome) for outcome in outcomes} <= {Given, AlreadyGiven}
    assert sum(counts()) == Given.objects.count() == 1


def unlocked(about: str, moment: str) -> Any:
    return Tally.objects.filter(about=about, moment=moment)


@contextmanager
def without_lock(patch: pytest.MonkeyPatch) -> Iterator[None]:
    with patch.context() as context:
        context.setattr(verbs, "locked", unlocked)
        yield


@contextmanager
def without_constraint(patch: pytest.MonkeyPatch) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.remove_constraint(Given, ONCE)
    try:
        yield
    finally:
        Given.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Given, ONCE)


RACES = [nobody_is_lost, the_first_may_be_many, one_person_counts_once]
NEEDS = [(without_lock, nobody_is_lost), (without_constraint, one_person_counts_once)]


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a while between counting and looking how many there are."""
    things(monkeypatch)
    quick = Tally.objects.get_queryset().update.__func__

    def update(rows: Any, **fields: Any) -> int:
        changed = quick(rows, **fields)
        time.sleep(PAUSE)
        return changed

    monkeypatch.setattr(type(Tally.objects.get_queryset()), "update", update)


def test_races_are_held(subtests: pytest.Subtests) -> None:
    for race in RACES:
        with subtests.test(race.__name__):
            race()


def test_control__without_its_guard_each_race_fails(
    subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    for take_away, race in NEEDS:
        with subtests.test(take_away.__name__), take_away(monkeypatch):
            assert fails_in_some_round(race)
