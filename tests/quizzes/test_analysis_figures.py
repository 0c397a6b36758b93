"""The arithmetic of item analysis, against values worked by hand and against what must hold."""

from __future__ import annotations

from itertools import chain
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import figures
from quizzes.analysis.figures import Cell, Spread

CELLS = st.lists(
    st.builds(
        Cell, st.none() | st.integers(0, 100), st.integers(0, 100), people=st.integers(1, 500)
    ),
    max_size=40,
)


def people(*rests_and_marks: tuple[int | None, int]) -> list[Cell]:
    return [Cell(rest, mark, 1) for rest, mark in rests_and_marks]


def spread(papers: list[dict[str, float]]) -> Spread:
    """What the database sums, of papers as question: what was earned."""
    questions = set(chain.from_iterable(papers))
    usual = {q: mean(paper[q] for paper in papers if q in paper) for q in questions}
    off = [[earned - usual[q] for q, earned in paper.items()] for paper in papers]
    squares = [sum(one * one for one in paper) for paper in off]
    return Spread(
        squares=sum(squares),
        by_length=sum(len(paper) * each for paper, each in zip(off, squares, strict=True)),
        totals=sum(sum(paper) ** 2 for paper in off),
    )


# --- By hand ------------------------------------------------------------------------------------
def test_facility_is_the_mean_mark() -> None:
    assert figures.facility([Cell(50, 100, 3), Cell(20, 50, 2), Cell(None, 0, 5)]) == 0.4
    assert figures.facility([]) is None


def test_mean_and_median_of_counted_values() -> None:
    assert figures.median({10: 1, 20: 1, 30: 1}) == 20
    assert figures.median({10: 2, 40: 2}) == 25
    assert figures.mean({10: 3, 50: 1}) == 20
    assert figures.median({}) is figures.mean({}) is None


def test_discrimination_by_hand() -> None:
    """Of 100 people 27 are best and 27 weakest: 21 of 27 right against 9 of 27 makes 12/27."""
    cells = [Cell(90, 100, 21), Cell(90, 0, 6), Cell(50, 100, 46), Cell(10, 100, 9)]
    cells += [Cell(10, 0, 18)]
    assert figures.discrimination(cells) == pytest.approx(12 / 27)


def test_who_ties_at_the_border_counts_in_part() -> None:
    """Of 10 people 2.7 are best: two who are right, and 0.7 of four, half of whom are right."""
    cells = [Cell(100, 100, 2), Cell(60, 100, 2), Cell(60, 0, 2), Cell(20, 0, 4)]
    assert figures.discrimination(cells) == pytest.approx((2 + 0.7 / 2) / 2.7)


def test_correlation_by_hand() -> None:
    """Rests 1 to 5 and marks 0, 0, 1, 0, 1: products sum to 2, squares to 10 and 1.2."""
    cells = people((1, 0), (2, 0), (3, 100), (4, 0), (5, 100))
    assert figures.correlation(cells) == pytest.approx(2 / (10**0.5 * 1.2**0.5))


def test_alpha_of_a_published_example() -> None:
    """Three items, four people, totals 13, 10, 15 and 7: 3/2 * (1 - 4.25 / 12.25) is 48/49.

    calkulon.com/en/learn/smart/cronbach-alpha, its variances worked again by hand.
    """
    items = {"1": [4, 3, 5, 2], "2": [5, 4, 5, 3], "3": [4, 3, 5, 2]}
    papers = [{name: marks[who] for name, marks in items.items()} for who in range(4)]
    assert figures.alpha(spread(papers)) == pytest.approx(48 / 49)


def test_alpha_of_right_and_wrong_is_kuder_and_richardsons() -> None:
    """Four items, five people, totals 4 to 0: p is .8 .6 .4 .2, pq sums to .8, variance is 2."""
    papers = [{str(item): float(item < total) for item in range(4)} for total in range(5)]
    assert figures.alpha(spread(papers)) == pytest.approx(4 / 3 * (1 - 0.8 / 2))


def test_the_luck_of_the_draw_is_no_reliability() -> None:
    """Nobody knows more than others; some draw the easy paper. Raw totals would say 0.9."""
    random = Random(5)  # noqa: S311
    papers = []
    for who in range(4000):
        chance = 0.9 if who % 2 else 0.1
        names = [f"{who % 2}-{item}" for item in range(10)]
        papers.append({name: float(random.random() < chance) for name in names})
    assert abs(figures.alpha(spread(papers)) or 1) < 0.1


def test_alpha_needs_a_spread_and_two_questions() -> None:
    assert figures.alpha(Spread(0, 0, 0)) is None
    assert figures.alpha(spread([{"a": 1.0}, {"a": 0.0}])) is None


# --- What must hold -----------------------------------------------------------------------------
@given(CELLS)
def test_figures_stay_in_their_bounds(cells: list[Cell]) -> None:
    for found in (figures.discrimination(cells), figures.correlation(cells)):
        assert found is None or -1 <= found <= 1
    ease = figures.facility(cells)
    assert ease is None or 0 <= ease <= 1


@given(CELLS, st.randoms(use_true_random=False))
def test_the_order_of_people_means_nothing(cells: list[Cell], random: Random) -> None:
    mixed = [Cell(c.rest, c.mark, 1) for c in cells for _ in range(c.people % 7 + 1)]
    same = [Cell(c.rest, c.mark, c.people % 7 + 1) for c in cells]
    random.shuffle(mixed)
    for figure in (figures.facility, figures.discrimination, figures.correlation):
        assert figure(mixed) == pytest.approx(figure(same))


@given(CELLS)
def test_marks_turned_round_turn_the_figures_round(cells: list[Cell]) -> None:
    turned = [Cell(cell.rest, 100 - cell.mark, cell.people) for cell in cells]
    for figure in (figures.discrimination, figures.correlation):
        before, after = figure(cells), figure(turned)
        assert (before is None) == (after is None)
        assert before is None or after == pytest.approx(-before, abs=1e-9)


@given(st.integers(2, 60), st.integers(0, 49), st.integers(51, 100))
def test_a_perfect_question_discriminates_perfectly(each: int, low: int, high: int) -> None:
    cells = [Cell(low, 0, each), Cell(high, 100, each)]
    assert figures.discrimination(cells) == pytest.approx(1)
    assert figures.correlation(cells) == pytest.approx(1)


@given(st.lists(st.integers(0, 100), max_size=30), st.integers(0, 100))
def test_without_a_difference_in_the_rest_there_is_no_figure(marks: list[int], rest: int) -> None:
    cells = [Cell(rest, mark, 1) for mark in marks]
    assert figures.discrimination(cells) is figures.correlation(cells) is None


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 900), min_size=1), st.floats(0.01, 0.5))
def test_both_groups_hold_their_share(sizes: dict[int, int], group: float) -> None:
    ends = figures.ends(sizes, group)
    for parts in ends:
        held = sum(sizes[rest] * part for rest, part in parts.items())
        assert held == pytest.approx(group * sum(sizes.values()))
    assert all(ends.best[rest] + ends.weakest[rest] <= 1 + 1e-9 for rest in sizes)


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 300).map(float), min_size=1),
        min_size=2,
        max_size=12,
    )
)
def test_alpha_is_at_most_one_for_any_papers(papers: list[dict[str, float]]) -> None:
    found = spread(papers)
    alpha = figures.alpha(found)
    assert alpha is None or alpha <= 1
    assert found.totals <= found.by_length * (1 + 1e-9) + 1e-6  # or it was cut down to 1


@given(st.lists(st.integers(0, 300), min_size=2, max_size=20).filter(lambda it: len({*it}) > 1))
def test_questions_that_say_the_same_have_an_alpha_of_one(earned: list[int]) -> None:
    papers = [{"a": float(one), "b": float(one), "c": float(one)} for one in earned]
    assert figures.alpha(spread(papers)) == pytest.approx(1)
