"""Two people import the same file at the same moment."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from quizzes.exchange import writing_in
from quizzes.exchange.writing_in import Imported
from quizzes.models import Category, Question
from tests.crowds import at_once, shows
from tests.quizzes.exchange.bank import bring_in, single

if TYPE_CHECKING:
    from quizzes.exchange.items import Item

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def a_file(place: int = 0) -> list[Item]:
    named = [single(n, reference=f"r{place}-{n}") for n in range(5)]
    return [*named, *(single(n, reference="", stem=f"{place}, {n}?") for n in range(5))]


def test_the_same_file_at_once_comes_in_once() -> None:
    outcomes = at_once(lambda: bring_in(*a_file(), publish=True), crowd=6)
    assert {type(outcome) for outcome in outcomes} == {Imported}
    assert sorted(len(outcome.new) for outcome in outcomes) == [0] * 5 + [10]
    assert Question.objects.published().count() == 10
    assert Category.objects.count() == 2


def test_control__without_the_lock_they_get_in_each_others_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing_in, "_one_import_at_a_time", lambda: None)
    rounds = count(1)

    def race() -> bool:
        place = next(rounds)
        outcomes = at_once(lambda: bring_in(*a_file(place)), crowd=6)
        return any(isinstance(outcome, IntegrityError) for outcome in outcomes)

    assert shows(race)
