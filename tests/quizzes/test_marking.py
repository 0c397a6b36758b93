"""Marking is exact: whole per cents, rounded down, whatever the type of question."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.asked import AskedQuestion, Choice
from quizzes.marking import mark, needed, passes
from quizzes.scores import earned, shares, shown

SCORES = st.integers(1, 500).flatmap(lambda top: st.tuples(st.integers(0, top), st.just(top)))
PASS_MARKS = st.integers(1, 100)
WEIGHTS = st.none() | st.decimals(-100, 100, places=5)
FLAGS = st.lists(st.booleans(), min_size=2, max_size=6)


def question(kind: str, choices: list[Choice], **facts: Any) -> AskedQuestion:
    facts.setdefault("matches", tuple(choices) if kind == "matching" else ())
    return AskedQuestion(
        stem="What?",
        kind=kind,
        explanation="Because.",
        category_id=None,
        choices=tuple(choices),
        written=tuple(choice.key for choice in choices),
        **facts,
    )


def option(n: int, *, right: bool = False, **facts: Any) -> Choice:
    facts = {"text": f"Option {n}", "match": f"Match {n}"} | facts
    return Choice(key=f"k{n}", is_correct=right, feedback="", **facts)


def options(flags: list[bool]) -> list[Choice]:
    return [option(n, right=right) for n, right in enumerate(flags)]


# --- Passing -------------------------------------------------------------------------------------
def test_passes__79_9_per_cent_is_not_80() -> None:
    assert not passes(score=159, max_score=199, pass_mark=80)
    assert passes(score=160, max_score=200, pass_mark=80)


@given(SCORES, PASS_MARKS)
def test_passes__agrees_with_exact_fractions(scores: tuple[int, int], pass_mark: int) -> None:
    score, top = scores
    exact = Fraction(score, top) >= Fraction(pass_mark, 100)
    assert passes(score=score, max_score=top, pass_mark=pass_mark) is exact


@given(st.integers(1, 500), PASS_MARKS)
def test_needed__is_the_smallest_score_that_passes(top: int, pass_mark: int) -> None:
    least = needed(max_score=top, pass_mark=pass_mark)
    assert least <= top
    assert passes(score=least, max_score=top, pass_mark=pass_mark)
    assert not passes(score=least - 1, max_score=top, pass_mark=pass_mark)


# --- Choices -------------------------------------------------------------------------------------
@given(FLAGS, st.data())
def test_all_or_nothing__is_full_for_exactly_the_right_options(
    flags: list[bool], data: st.DataObject
) -> None:
    asked = question("multiple", options(flags))
    chosen = data.draw(st.lists(st.sampled_from(asked.written), unique=True))
    expected = 100 if chosen and set(chosen) == asked.right else 0
    assert mark(asked, chosen=chosen) == expected


@given(FLAGS, st.lists(WEIGHTS, min_size=6, max_size=6), st.data())
def test_part_marks__stay_in_bounds_and_know_no_order(
    flags: list[bool], weights: list[Decimal | None], data: st.DataObject
) -> None:
    weighted = [option(n, right=right, weight=weights[n]) for n, right in enumerate(flags)]
    asked = question("multiple", weighted, is_partial=True)
    chosen = data.draw(st.lists(st.sampled_from(asked.written), unique=True))
    got = mark(asked, chosen=chosen)
    assert got is not None
    assert 0 <= got <= 100
    assert got == mark(asked, chosen=data.draw(st.permutations(chosen)))


@given(FLAGS, st.data())
def test_part_marks__one_more_right_is_never_less_one_more_wrong_never_more(
    flags: list[bool], data: st.DataObject
) -> None:
    asked = question("multiple", options(flags), is_partial=True)
    chosen = data.draw(st.lists(st.sampled_from(asked.written), unique=True))
    before = mark(asked, chosen=chosen)
    for choice in asked.choices:
        if choice.key in chosen:
            continue
        after = mark(asked, chosen=[*chosen, choice.key])
        assert (after >= before) if choice.is_correct else (after <= before)  # type: ignore[operator]


@given(st.integers(1, 9))
def test_part_marks__all_right_ones_are_the_whole(right: int) -> None:
    flags = [True] * right + [False]
    asked = question("multiple", options(flags), is_partial=True)
    assert mark(asked, chosen=sorted(asked.right)) == 100
    assert mark(asked, chosen=asked.written) < 100  # type: ignore[operator]


def test_weights__thirds_are_the_whole_and_never_more_than_what_they_are() -> None:
    third = Decimal("33.33333")
    choices = [option(n, right=True, weight=third) for n in range(3)] + [option(3)]
    asked = question("multiple", choices, is_partial=True)
    marks = [mark(asked, chosen=[f"k{n}" for n in range(count)]) for count in range(1, 4)]
    assert marks == [33, 66, 100]


def test_weights__one_of_several_may_be_partly_right() -> None:
    asked = question("single", [option(0, right=True), option(1, weight=Decimal(50)), option(2)])
    assert [mark(asked, chosen=[key]) for key in ("k0", "k1", "k2")] == [100, 50, 0]


# --- Matching and ordering -----------------------------------------------------------------------
@pytest.mark.parametrize("is_partial", [True, False])
@given(size=st.integers(2, 6), data=st.data())
def test_matching__counts_pairs_in_any_order(
    is_partial: bool, size: int, data: st.DataObject
) -> None:
    asked = question("matching", options([False] * size), is_partial=is_partial)
    rights = data.draw(st.lists(st.sampled_from(asked.written), min_size=size, max_size=size))
    pairs = [f"{left}:{right}" for left, right in zip(asked.written, rights, strict=True)]
    given_pairs = data.draw(st.permutations(pairs))[: data.draw(st.integers(0, size))]
    right = sum(pair.split(":")[0] == pair.split(":")[1] for pair in given_pairs)
    expected = 100 * right // size if is_partial else 100 * (right == size)
    assert mark(asked, chosen=given_pairs) == expected


def test_matching__the_same_right_hand_side_by_either_name_is_right() -> None:
    twins = [option(0, match="The police"), option(1, match="The police")]
    asked = question("matching", twins, matches=(twins[0],))
    assert mark(asked, chosen=["k0:k0", "k1:k0"]) == 100


@pytest.mark.parametrize("is_partial", [True, False])
@given(order=st.permutations(["k0", "k1", "k2", "k3"]))
def test_ordering__counts_what_is_in_its_place(is_partial: bool, order: list[str]) -> None:
    asked = question("ordering", options([False] * 4), is_partial=is_partial)
    right = sum(key == f"k{n}" for n, key in enumerate(order))
    assert mark(asked, chosen=order) == (25 * right if is_partial else 100 * (right == 4))


# --- Numbers and words ---------------------------------------------------------------------------
@given(st.decimals(-50, 50, places=2))
def test_number__is_right_within_its_tolerance_exactly(number: Decimal) -> None:
    asked = question("numeric", [option(0, right=True, text="18", tolerance=Decimal("0.5"))])
    expected = 100 if abs(number - 18) <= Decimal("0.5") else 0
    assert mark(asked, chosen=[str(number)]) == expected


def test_number__takes_the_best_that_fits_and_a_foreseen_mistake_is_none() -> None:
    near = option(1, right=True, text="18", tolerance=Decimal(2), weight=Decimal(50))
    asked = question("numeric", [option(0, right=True, text="18"), near, option(2, text="30")])
    assert [mark(asked, chosen=[number]) for number in ("18.0", "19", "30")] == [100, 50, 0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("The  Safeguarding lead.", 100), ("the LEAD", 100), ("lead officer", 50), ("x", 0), ("", 0)],
)
def test_text__looks_past_spaces_and_capitals(typed: str, expected: int) -> None:
    accepted = ["the safeguarding lead", "the lead"]
    choices = [option(n, right=True, text=text) for n, text in enumerate(accepted)]
    loose = option(9, right=True, text="lead*", weight=Decimal(50))
    assert mark(question("short_text", [*choices, loose]), chosen=[], typed=typed) == expected


def test_text__capitals_matter_where_the_author_says_so() -> None:
    asked = question("short_text", [option(0, right=True, text="DSL")], is_case_sensitive=True)
    assert [mark(asked, chosen=[], typed=typed) for typed in ("DSL", "dsl")] == [100, 0]


@given(st.text())
def test_text__never_fails(typed: str) -> None:
    asked = question("short_text", [option(0, right=True, text="a*(b[")])
    assert mark(asked, chosen=[], typed=typed) in {0, 100}


def test_essay__waits_for_a_person_unless_nothing_is_written() -> None:
    asked = question("essay", [])
    assert mark(asked, chosen=[], typed="My words") is None
    assert mark(asked, chosen=[], typed=" \n ") == 0


@pytest.mark.parametrize("kind", ["single", "multiple", "matching", "ordering", "numeric"])
def test_nothing_chosen_is_never_right(kind: str) -> None:
    choices = [option(0, right=True, text="1"), option(1, text="2")]
    assert mark(question(kind, choices, is_partial=True), chosen=[]) == 0


# --- Points --------------------------------------------------------------------------------------
@given(st.integers(0, 100), st.integers(1, 10))
def test_earned__is_never_rounded_up(got: int, points: int) -> None:
    assert Fraction(earned(mark=got, worth=100 * points), 100) <= Fraction(got * points, 100)


@given(st.integers(100, 1000), st.integers(2, 9))
def test_shares__add_up(worth: int, parts: int) -> None:
    split = shares(worth, parts)
    assert (sum(split), len(split)) == (worth, parts)
    assert max(split) - min(split) <= 1


def test_shown__is_in_points() -> None:
    assert [shown(score) for score in (650, 1000, 0, 33)] == ["6.5", "10", "0", "0.33"]
