"""No number under five can be read, or worked out, where names may not be seen."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.reports.suppression import SMALLEST, hidden_cells, hidden_parts

PARTS = 3
COUNTS = st.integers(0, 4) | st.integers(0, 60)
ROWS = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=2, max_size=9)


def seen(parts: tuple[int, ...]) -> tuple[int | None, ...]:
    """Return a row as it is shown: its parts, then its whole."""
    hidden = hidden_parts(parts)
    return tuple(
        None if place in hidden else number for place, number in enumerate((*parts, sum(parts)))
    )


def test_large_numbers_are_shown_and_small_rows_are_not() -> None:
    assert seen((5, 6, 7)) == (5, 6, 7, 18)
    assert seen((1, 1, 2)) == (None, None, None, None)
    assert seen((30, 0, 9)) == (30, None, None, 39)
    assert seen((30, 2, 1)) == (None, None, None, 33), "two that are small together need a third"


def test_who_knows_the_rule_and_the_row_cannot_tell_what_is_left_out() -> None:
    """Every row of up to 20 people: each that looks the same holds other numbers behind."""
    behind = defaultdict(set)
    for parts in product(range(21), repeat=PARTS):
        if sum(parts) <= 20:
            behind[seen(parts)].add(parts)
    for shown, rows in behind.items():
        for place in range(PARTS):
            values = {row[place] for row in rows}
            if shown[place] is None:
                assert len(values) > 1, shown
                assert min(values) < SMALLEST, shown
            else:
                assert values == {shown[place]}
                assert shown[place] >= SMALLEST


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_nothing_small_is_shown_in_a_table(rows: list[tuple[int, ...]]) -> None:
    hidden = hidden_cells(rows)
    for number, parts in enumerate(rows):
        for place, count in enumerate((*parts, sum(parts))):
            assert count >= SMALLEST or (number, place) in hidden


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_no_sums_and_differences_of_a_table_give_a_number_back(
    rows: list[tuple[int, ...]],
) -> None:
    hidden = sorted(hidden_cells(rows))
    equations = [
        [(1 if column < PARTS else -1) * (row == number) for row, column in hidden]
        for number in range(len(rows))
    ]
    equations += [[int(column == place) for _, column in hidden] for place in range(PARTS + 1)]
    solved = reduced(equations)
    told = [cell for cell, alone in zip(hidden, determined(solved), strict=True) if alone]
    assert not told


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_what_a_column_leaves_out_is_not_small_together(rows: list[tuple[int, ...]]) -> None:
    hidden = hidden_cells(rows)
    table = [(*parts, sum(parts)) for parts in rows]
    for place in range(PARTS + 1):
        left_out = [table[row][place] for row, column in hidden if column == place]
        assert not left_out or sum(left_out) >= SMALLEST or len(left_out) == len(rows)


def reduced(equations: list[list[int]]) -> list[list[Fraction]]:
    """Solve the equations the way it is done by hand."""
    rows = [[Fraction(number) for number in row] for row in equations]
    done = 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [number / rows[done][column] for number in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                rows[i] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def determined(solved: list[list[Fraction]]) -> list[bool]:
    """Return, by unknown, whether the equations leave it one value."""
    alone = [row for row in solved if sum(1 for number in row if number) == 1]
    width = len(solved[0]) if solved else 0
    return [any(row[column] for row in alone) for column in range(width)]
