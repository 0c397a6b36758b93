"""The arithmetic of item analysis. Nothing here reads the database.

Marks are per cent of a question. A person's rest is what they earned in the rest of the paper, in
whole per cent, and not their total: a question on a paper of ten is a tenth of the total, and would
look good beside it for that alone.

- Facility: the mean mark.
- Discrimination: the mean mark of the best 27 % less that of the weakest 27 %, both by their rest.
  With 27 % the two groups are at once as large and as different as can be (Kelley, The selection
  of upper and lower groups for the validation of test items, 1939). People with equal rests at a
  group's border count in it in part, so that nothing hangs on their order.
- Correlation: Pearson's, of mark and rest; for a right-or-wrong question the point-biserial.
- Alpha: see `alpha`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FEWEST = 20  # attempts, or answers to one question: of fewer there is no figure
FEWEST_CHOSEN = 3  # an option's count below this is not shown
GROUP = 0.27
THIRD = 1 / 3
WHOLE_MARK = 100
NOTHING = 1e-6  # sums below this are what rounding leaves of none


class Cell(NamedTuple):
    """So many people with this rest (None: the paper had no rest) got this mark."""

    rest: int | None
    mark: int
    people: int


class Ends(NamedTuple):
    """For each rest, the part (0 to 1) of its people who belong to the weakest and to the best."""

    weakest: dict[int, float]
    best: dict[int, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """How marks spread. A deviation is what a person earned at a question less what people do.

    `squares` sums the squared deviations, `by_length` the same times the number of questions on
    each person's paper, `totals` the squares of each person's summed deviations.
    """

    squares: float
    by_length: float
    totals: float


def mean(counts: Mapping[float, int]) -> float | None:
    """Return the mean of values given as value: how often."""
    total = sum(counts.values())
    return sum(value * count for value, count in counts.items()) / total if total else None


def median(counts: Mapping[float, int]) -> float | None:
    """Return the median of values given as value: how often."""
    total = sum(counts.values())
    if not total:
        return None
    return (_at(counts, (total - 1) // 2) + _at(counts, total // 2)) / 2


def facility(cells: Iterable[Cell]) -> float | None:
    """Return the mean mark, from 0 to 1."""
    marks: dict[float, int] = {}
    for cell in cells:
        marks[cell.mark] = marks.get(cell.mark, 0) + cell.people
    found = mean(marks)
    return None if found is None else found / WHOLE_MARK


def discrimination(cells: Sequence[Cell], *, group: float = GROUP) -> float | None:
    """Return the index, from -1 to 1; None when nobody did better in the rest than others."""
    sizes = sizes_of(cells)
    if len(sizes) < 2:
        return None
    split = ends(sizes, group)
    return _mean_mark(cells, split.best) - _mean_mark(cells, split.weakest)


def correlation(cells: Iterable[Cell]) -> float | None:
    """Return the correlation of mark and rest; None when one of them is the same for all."""
    known = [(cell.rest, cell.mark, cell.people) for cell in cells if cell.rest is not None]
    total = sum(count for _, _, count in known)
    if not total:
        return None
    # Whole numbers up to the root: no rounding makes a spread of none.
    rests = sum(rest * n for rest, _, n in known)
    marks = sum(mark * n for _, mark, n in known)
    both = total * sum(rest * mark * n for rest, mark, n in known) - rests * marks
    of_rest = total * sum(rest * rest * n for rest, _, n in known) - rests * rests
    of_mark = total * sum(mark * mark * n for _, mark, n in known) - marks * marks
    if not of_rest or not of_mark:
        return None
    return min(max(both / (sqrt(of_rest) * sqrt(of_mark)), -1.0), 1.0)


def sizes_of(cells: Iterable[Cell]) -> dict[int, int]:
    """Return how many people have which rest."""
    sizes: dict[int, int] = {}
    for cell in cells:
        if cell.rest is not None:
            sizes[cell.rest] = sizes.get(cell.rest, 0) + cell.people
    return sizes


def ends(sizes: Mapping[int, int], group: float) -> Ends:
    """Return who are the weakest and the best `group` (a share up to a half) of all."""
    room = group * sum(sizes.values())
    upwards = sorted(sizes)
    return Ends(_fill(sizes, upwards, room), _fill(sizes, upwards[::-1], room))


def alpha(spread: Spread) -> float | None:
    """Return Cronbach's alpha of the papers: at most 1, with no lower bound.

    k/(k-1) * (1 - sum of the items' variances / variance of the totals): Cronbach, Coefficient
    alpha and the internal structure of tests, 1951. Papers are drawn, so people have different
    items. An item's variance therefore counts as often as it is asked; and totals are of
    deviations from each item's mean, because else the luck of an easy paper would pass for
    knowledge. Both sums then run over answers: alpha is k/(k-1) * (1 - squares / totals). k is the
    length of the papers, the mean if it varies, each paper weighted by its squares (so that alpha
    stays at most 1). When all get one paper, this is Cronbach's formula to the letter.

    Its limits: it is a lower bound of reliability, only if what is left out of the paper is left
    out by chance; steps of one scenario hang together and raise it; a paper nearly all pass has
    little spread to measure, and its alpha is low without any fault.
    """
    if spread.squares < NOTHING or spread.totals < NOTHING:
        return None
    length = spread.by_length / spread.squares
    if length <= 1:
        return None
    return min(length / (length - 1) * (1 - spread.squares / spread.totals), 1.0)


def _at(counts: Mapping[float, int], place: int) -> float:
    """Return the value at this place (from 0) in order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if place < passed:
            return value
    raise IndexError(place)


def _fill(sizes: Mapping[int, int], order: Iterable[int], room: float) -> dict[int, float]:
    parts = {}
    for rest in order:
        taken = min(float(sizes[rest]), room)
        parts[rest] = taken / sizes[rest]
        room -= taken
    return parts


def _mean_mark(cells: Iterable[Cell], parts: Mapping[int, float]) -> float:
    total = people = 0.0
    for cell in cells:
        if cell.rest is not None:
            weight = cell.people * parts[cell.rest]
            people += weight
            total += weight * cell.mark
    return min(total / people / WHOLE_MARK, 1.0)
