"""A paper: drawn, shuffled, and read back as it was asked."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.papers import AskedQuestion, draw, option_order


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (repeatable, nothing secret)


def content(pinned: list[bool], kind: str = "single") -> dict[str, object]:
    options = [
        {
            "key": f"key{n}",
            "text": f"Option {n}",
            "is_correct": n == 0,
            "feedback": "",
            "is_pinned": is_pinned,
            "sort_order": n,
        }
        for n, is_pinned in enumerate(pinned)
    ]
    return {
        "stem": "What helps?",
        "kind": kind,
        "explanation": "Because.",
        "category": 7,
        "options": options,
    }


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.booleans(), min_size=2, max_size=8), st.integers())
def test_option_order__holds_every_option_once_and_pinned_ones_in_place(
    pinned: list[bool], seed: int
) -> None:
    order = option_order(content(pinned), seeded(seed))
    assert sorted(order) == [f"key{n}" for n in range(len(pinned))]
    assert all(order[n] == f"key{n}" for n, is_pinned in enumerate(pinned) if is_pinned)


def test_option_order__differs_between_sittings() -> None:
    orders = {tuple(option_order(content([False] * 4), seeded(n))) for n in range(200)}
    assert len(orders) == 24


def test_option_order__true_and_false_stay_as_written() -> None:
    for seed in range(20):
        order = option_order(content([False, False], kind="true_false"), seeded(seed))
        assert order == ["key0", "key1"]


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(0, 30), st.none() | st.integers(1, 40), st.integers())
def test_draw__takes_no_question_twice(pool: int, size: int | None, seed: int) -> None:
    drawn = draw(range(pool), size, seeded(seed))
    assert len(drawn) == len(set(drawn)) == (pool if size is None else min(size, pool))


@settings(deadline=None)  # a busy machine is no failure
@given(st.permutations(["key0", "key1", "key2"]), st.sets(st.sampled_from([0, 1, 2])))
def test_places_and_keys_are_each_others_way_back(order: list[str], places: set[int]) -> None:
    asked = AskedQuestion.read(content([False] * 3), order)
    assert asked.places(asked.keys(places)) == sorted(places)
    assert asked.right == {"key0"}
