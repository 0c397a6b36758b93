"""Marking is exact: whole numbers, all or nothing."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.marking import mark, needed, passes

KEYS = st.frozensets(st.text("abcdef", min_size=1, max_size=2), min_size=1, max_size=6)
SCORES = st.integers(1, 500).flatmap(lambda top: st.tuples(st.integers(0, top), st.just(top)))
PASS_MARKS = st.integers(1, 100)


def test_passes__79_9_per_cent_is_not_80() -> None:
    assert not passes(score=159, max_score=199, pass_mark=80)
    assert passes(score=160, max_score=200, pass_mark=80)


@settings(deadline=None)  # a busy machine is no failure
@given(SCORES, PASS_MARKS)
def test_passes__agrees_with_exact_fractions(scores: tuple[int, int], pass_mark: int) -> None:
    score, top = scores
    exact = Fraction(score, top) >= Fraction(pass_mark, 100)
    assert passes(score=score, max_score=top, pass_mark=pass_mark) is exact


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(1, 500), PASS_MARKS)
def test_needed__is_the_smallest_score_that_passes(top: int, pass_mark: int) -> None:
    least = needed(max_score=top, pass_mark=pass_mark)
    assert least <= top
    assert passes(score=least, max_score=top, pass_mark=pass_mark)
    assert not passes(score=least - 1, max_score=top, pass_mark=pass_mark)


@settings(deadline=None)  # a busy machine is no failure
@given(KEYS, KEYS)
def test_mark__is_one_only_for_exactly_the_right_options(
    right: frozenset[str], chosen: frozenset[str]
) -> None:
    assert mark(right=right, chosen=list(chosen)) == (1 if right == chosen else 0)


@settings(deadline=None)  # a busy machine is no failure
@given(KEYS)
def test_mark__nothing_chosen_is_never_right(right: frozenset[str]) -> None:
    assert mark(right=right, chosen=[]) == 0
    assert mark(right=[], chosen=[]) == 0
