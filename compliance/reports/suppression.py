"""Which numbers are not shown to who may see figures but no names: small ones, and their traces.

A table has a row for each place and a column for each way to stand; every row has its whole, and
the places together have theirs. A number under five could point at somebody. It is left out, and so
is as much else as it takes that no sum and no difference of what is shown gives it back. All that
is left out looks the same: to tell a small number from one that covers it would give it away.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = Sequence[int]
    Cell = tuple[int, int]  # row, column; the column after the last part is the row's whole

SMALLEST = 5


def hidden_parts(parts: Row) -> frozenset[int]:
    """Return which cells of one row are not shown; `len(parts)` is its whole."""
    return frozenset(column for _, column in hidden_cells([parts]))


def hidden_cells(rows: Sequence[Row]) -> set[Cell]:
    """Return which cells of a table are not shown, below totals that are."""
    hidden: set[Cell] = set()
    for number, parts in enumerate(rows):
        hidden |= {(number, column) for column in _alone(parts)}
    if len(rows) > 1:
        while more := _covers(rows, hidden):
            hidden |= more
    return hidden


def _alone(parts: Row) -> Sequence[int]:
    """Return which cells of a row are not shown when no other row is looked at."""
    if sum(parts) < SMALLEST:
        return range(len(parts) + 1)
    by_size = sorted(range(len(parts)), key=lambda column: (parts[column], column))
    small = sum(part < SMALLEST for part in parts)
    # Alone, or small together, what is left out could be told from the rest. And a part is shown
    # only if it is larger than all of them, so that no split of theirs would have hidden it too.
    while small and small < len(parts) and not _covered([parts[one] for one in by_size], small):
        small += 1
    return by_size[:small]


def _covered(in_order: Row, small: int) -> bool:
    together = sum(in_order[:small])
    return small > 1 and SMALLEST <= together < in_order[small]


def _covers(rows: Sequence[Row], hidden: set[Cell]) -> set[Cell]:
    """Return cells to leave out besides; none when nothing that is left out can be worked out."""
    for column in range(len(rows[0]) + 1):
        line = [(row, column) for row in range(len(rows))]
        left_out = [cell for cell in line if cell in hidden]
        small = sum(_value(rows, cell) for cell in left_out) < SMALLEST
        if left_out and small and (more := _next(line, rows, hidden)):
            return more
    for cell in sorted(_bridges(hidden)):
        for line in _lines(cell, rows):
            if more := _next(line, rows, hidden):
                return more
    return set()


def _lines(cell: Cell, rows: Sequence[Row]) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of the column and of the row that a cell is in."""
    row, column = cell
    return (
        [(other, column) for other in range(len(rows))],
        [(row, other) for other in range(len(rows[0]) + 1)],
    )


def _next(line: Sequence[Cell], rows: Sequence[Row], hidden: set[Cell]) -> set[Cell]:
    """Return the smallest cell of a line that is still shown."""
    shown = [cell for cell in line if cell not in hidden]
    return {min(shown, key=lambda cell: (_value(rows, cell), cell))} if shown else set()


def _value(rows: Sequence[Row], cell: Cell) -> int:
    parts = rows[cell[0]]
    return parts[cell[1]] if cell[1] < len(parts) else sum(parts)


def _bridges(hidden: set[Cell]) -> set[Cell]:
    """Return the cells that the rows' and columns' sums determine.

    Rows and columns are points, cells that are not shown are lines between them. A cell on a
    circle can grow while its neighbours shrink; one on no circle has one value only.
    """
    near: dict[int, list[int]] = defaultdict(list)
    for row, column in hidden:
        near[row].append(~column)  # columns count down from -1, rows up from 0
        near[~column].append(row)
    found: set[Cell] = set()
    seen: dict[int, int] = {}
    for start in near:
        if start not in seen:
            found |= set(_walk(start, near, seen))
    return found


def _walk(start: int, near: dict[int, list[int]], seen: dict[int, int]) -> Iterator[Cell]:
    """Walk through what hangs together; yield each line that is the only way to what is behind."""
    lowest: dict[int, int] = {}
    path = [(start, start, iter(near[start]))]
    seen[start] = lowest[start] = len(seen)
    while path:
        here, before, ways = path[-1]
        for there in ways:
            if there not in seen:
                seen[there] = lowest[there] = len(seen)
                path.append((there, here, iter(near[there])))
                break
            if there != before:
                lowest[here] = min(lowest[here], seen[there])
        else:
            path.pop()
            if path:
                lowest[before] = min(lowest[before], lowest[here])
                if lowest[here] > seen[before]:
                    row, column = max(here, before), min(here, before)
                    yield row, ~column
