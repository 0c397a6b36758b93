"""A paper: drawn topic by topic, shuffled, and read back as it was asked."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.asked import AskedQuestion, orders
from quizzes.drawing import BY_CATEGORY, RANDOM, Entry, draw, size

FLAGS = st.lists(st.booleans(), min_size=2, max_size=8)
# Pools: of each question its topic, and whether it must be right.
POOLS = st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=30)
LINES = st.dictionaries(st.integers(1, 4), st.integers(1, 6), max_size=4)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (repeatable, nothing secret)


def content(pinned: list[bool], kind: str = "single", **facts: Any) -> dict[str, Any]:
    options = [
        {
            "key": f"key{n}",
            "text": f"Option {n}",
            "match": f"Match {n}",
            "is_correct": n == 0,
            "feedback": "",
            "is_pinned": is_pinned,
            "sort_order": n,
        }
        for n, is_pinned in enumerate(pinned)
    ]
    asked = {"stem": "What helps?", "kind": kind, "explanation": "Because.", "category": 7}
    return {**asked, "options": options, **facts}


def option_order(seed: int, *told: Any, **facts: Any) -> list[str]:
    return orders(content(*told, **facts), seeded(seed))[0]


# --- Options -------------------------------------------------------------------------------------
@given(FLAGS, st.integers())
def test_options__are_all_there_once_and_pinned_ones_in_place(
    pinned: list[bool], seed: int
) -> None:
    order = option_order(seed, pinned)
    assert sorted(order) == [f"key{n}" for n in range(len(pinned))]
    assert all(order[n] == f"key{n}" for n, is_pinned in enumerate(pinned) if is_pinned)


def test_options__differ_between_sittings() -> None:
    seen = {tuple(option_order(n, [False] * 4)) for n in range(200)}
    assert len(seen) == 24


@pytest.mark.parametrize(
    "facts",
    [{"kind": "true_false"}, {"option_order": "written"}, {"option_order": "alphabetical"}],
)
def test_options__keep_their_order_where_people_expect_it(facts: dict[str, str]) -> None:
    assert {tuple(option_order(n, [False] * 3, **facts)) for n in range(20)} == {
        ("key0", "key1", "key2")
    }


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_matching_and_ordering__are_shuffled_whatever_the_author_pinned(kind: str) -> None:
    seen = {tuple(option_order(n, [True] * 3, kind=kind)) for n in range(100)}
    assert len(seen) == 6


def test_matching__offers_each_right_hand_side_once_and_the_decoys() -> None:
    told = content([False] * 4, kind="matching")
    told["options"][1]["match"] = told["options"][0]["match"]
    told["options"][3]["text"] = ""
    lefts, rights = orders(told, seeded(1))
    assert sorted(lefts) == ["key0", "key1", "key2"]
    assert sorted(rights) == ["key0", "key2", "key3"]


@given(st.permutations(["key0", "key1", "key2"]), st.sets(st.sampled_from([0, 1, 2])))
def test_places_and_keys_are_each_others_way_back(order: list[str], places: set[int]) -> None:
    asked = AskedQuestion.read(content([False] * 3), order)
    assert asked.places(asked.keys(places)) == sorted(places)
    assert asked.right == {"key0"}


# --- Questions -----------------------------------------------------------------------------------
def pool_of(*entries: tuple[int, bool]) -> list[Entry]:
    return [
        Entry(n, frozenset({topic}), is_critical=critical, topic_name=f"Topic {topic}")
        for n, (topic, critical) in enumerate(entries)
    ]


@given(POOLS, LINES, st.none() | st.integers(1, 40), st.integers())
def test_draw__covers_what_it_must_and_takes_nothing_twice(
    entries: list[tuple[int, bool]], lines: dict[int, int], most: int | None, seed: int
) -> None:
    pool = pool_of(*entries)
    drawn = draw(pool, lines, most, seeded(seed))
    assert len(drawn) == len(set(drawn)) == size(pool, lines, most) <= len(pool)
    assert {entry for entry in pool if entry.is_critical} <= set(drawn)
    for topic, wanted in lines.items():
        there = sum(topic in entry.topics for entry in pool)
        assert sum(topic in entry.topics for entry in drawn) >= min(wanted, there)


@given(st.integers(0, 30), st.none() | st.integers(1, 40), st.integers())
def test_draw__without_topics_asks_so_many_or_all(pool: int, most: int | None, seed: int) -> None:
    drawn = draw(pool_of(*[(1, False)] * pool), {}, most, seeded(seed))
    assert len(drawn) == (pool if most is None else min(most, pool))


def test_draw__asks_in_the_order_the_quiz_wants() -> None:
    pool = pool_of((2, False), (1, False), (2, False), (1, False))
    asked = {
        order: [entry.question for entry in draw(pool, {}, None, seeded(3), order)]
        for order in (BY_CATEGORY, "written", RANDOM)
    }
    assert asked[BY_CATEGORY] == [1, 3, 0, 2]
    assert asked["written"] == [0, 1, 2, 3]
    assert sorted(asked[RANDOM]) == [0, 1, 2, 3]


def test_draw__differs_between_sittings() -> None:
    pool = pool_of(*[(1, False)] * 5)
    papers = {frozenset(e.question for e in draw(pool, {}, 2, seeded(n))) for n in range(200)}
    assert len(papers) == 10
