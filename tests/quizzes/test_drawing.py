"""Which questions are drawn: what is promised of a paper holds for every pool, line and chance."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzes.drawing import BY_CATEGORY, RANDOM, Entry, draw, size

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITTEN = "written"
PART_OF = {1: 1, 2: 2, 3: 1, 4: 4}  # topic 3 is part of topic 1
NAMES = {1: "Reporting", 2: "Boundaries", 3: "Reporting online", 4: "Law"}


def entry(question: int, topic: int = 1, *, critical: bool = False) -> Entry:
    topics = frozenset({topic, PART_OF[topic]})
    return Entry(question, topics, is_critical=critical, topic_name=NAMES[topic])


def pool_of(rows: Sequence[tuple[int, bool]]) -> list[Entry]:
    """Questions 100, 99, 98 ...: the order in a quiz has nothing to do with their ids."""
    return [entry(100 - n, topic, critical=is_it) for n, (topic, is_it) in enumerate(rows)]


topics = st.sampled_from(sorted(PART_OF))
pools = st.lists(st.tuples(topics, st.booleans() | st.just(False)), max_size=16).map(pool_of)
some_lines = st.dictionaries(topics, st.integers(1, 5), max_size=4)
mosts = st.none() | st.integers(1, 20)
orders = st.sampled_from([RANDOM, BY_CATEGORY, WRITTEN])
seeds = st.integers(0, 2**32)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (repeatable, nothing secret)


def count(entries: Sequence[Entry], topic: int) -> int:
    return sum(topic in one.topics for one in entries)


# --- Of every paper ------------------------------------------------------------------------------
@given(pools, some_lines, mosts, seeds, orders)
@example(pool_of([(3, False)] * 4 + [(1, False)]), {1: 2, 3: 2}, None, 0, WRITTEN)
def test_a_paper_keeps_every_promise(
    pool: list[Entry], lines: dict[int, int], most: int | None, seed: int, order: str
) -> None:
    paper = draw(pool, lines, most, seeded(seed), order)
    assert len(paper) == size(pool, lines, most) <= len(pool)
    assert set(paper) <= set(pool)
    assert len(set(paper)) == len(paper), "no question twice"
    assert {one for one in pool if one.is_critical} <= set(paper)
    for topic, wanted in lines.items():
        assert count(paper, topic) >= min(wanted, count(pool, topic))
    if most is not None:
        assert len(paper) >= min(most, len(pool)), "short of what it asks for only with the pool"


@given(pools, some_lines, mosts)
def test_a_paper_is_no_longer_than_it_must_be(
    pool: list[Entry], lines: dict[int, int], most: int | None
) -> None:
    """What must be right fills its topic's line too: it is not asked for on top of it."""
    apart = {topic: wanted for topic, wanted in lines.items() if topic != 3}
    critical = [one for one in pool if one.is_critical]
    least = len(critical) + sum(
        max(min(wanted, count(pool, topic)) - count(critical, topic), 0)
        for topic, wanted in apart.items()
    )
    whole = not apart and most is None
    expected = len(pool) if whole else max(least, min(most or 0, len(pool)))
    assert size(pool, apart, most) == expected


@given(pools, some_lines, mosts, seeds)
def test_the_order_is_the_one_that_was_asked_for(
    pool: list[Entry], lines: dict[int, int], most: int | None, seed: int
) -> None:
    written = draw(pool, lines, most, seeded(seed), WRITTEN)
    assert written == [one for one in pool if one in written]
    topical = draw(pool, lines, most, seeded(seed), BY_CATEGORY)
    names = [one.topic_name for one in topical]
    assert names == sorted(names)
    for name in set(names):
        of_it = [one for one in topical if one.topic_name == name]
        assert of_it == [one for one in pool if one in of_it], "inside a topic as written"


# --- By chance -----------------------------------------------------------------------------------
POOL = [entry(n) for n in range(1, 5)]


@pytest.mark.parametrize(("lines", "most"), [({}, 2), ({1: 2}, None), ({1: 1}, 2)])
def test_every_question_and_every_pair_can_come(lines: dict[int, int], most: int | None) -> None:
    drawn: Counter[Any] = Counter()
    for seed in range(300):
        drawn[frozenset(draw(POOL, lines, most, seeded(seed), WRITTEN))] += 1
    assert len(drawn) == 6, "each of the six pairs of four questions"
    assert min(drawn.values()) > 20, "about as often as the others: 50 times"


def test_the_order_is_new_each_time() -> None:
    drawn = {tuple(draw(POOL, {}, None, seeded(seed))) for seed in range(300)}
    assert len(drawn) == 24


# --- By example ----------------------------------------------------------------------------------
def test_without_lines_and_size_the_whole_pool_is_asked() -> None:
    assert draw(POOL, {}, None, seeded(1), WRITTEN) == POOL
    assert draw([], {1: 3}, 5, seeded(1)) == []


def test_what_must_be_right_comes_even_beyond_the_size() -> None:
    pool = [entry(n, critical=n < 4) for n in range(1, 6)]
    assert draw(pool, {}, 2, seeded(1), WRITTEN) == pool[:3]


def test_a_question_of_a_part_counts_for_the_topic_it_is_part_of() -> None:
    pool = [entry(1, 3), entry(2, 2), entry(3, 2)]
    assert draw(pool, {1: 1}, None, seeded(1)) == [pool[0]]
    assert len(draw(pool, {1: 5, 2: 1}, None, seeded(1))) == 2
