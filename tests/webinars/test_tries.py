"""So many tries in a span of time, however many come at once."""

from __future__ import annotations

import time
from threading import Barrier, Thread

import pytest
from django.core.cache import cache

from webinars.tries import give_back, take_try


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


def take() -> str:
    return take_try("x", most=3, span=60)


def test_so_many_and_no_more_until_one_is_given_back_or_its_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *_ = taken = [take() for _ in range(3)]
    assert len(set(taken)) == 3
    assert take() == ""
    give_back([first])
    assert take() == first
    assert take() == ""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 61)
    assert take() == first


def test_of_many_at_once_each_takes_one_of_its_own() -> None:
    gate, taken = Barrier(8), []

    def one() -> None:
        gate.wait()
        taken.append(take())

    crowd = [Thread(target=one) for _ in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(filter(None, taken)) == [f"webinars:tries:x:{n}" for n in range(3)]
