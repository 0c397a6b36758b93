"""Where the parts of a chart lie: plain arithmetic in per cent of the drawing's width and height.

Per cent, not a scaled picture: lines, letters and patterns keep their size at every width.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Row = dict[str, Any]

WHOLE = 100
GAP = 0.5  # bare ground between two segments, so that they part without relying on colour
GRID = (0, 50, 100)
LETTER = 12  # the height of a line of text in the drawing, with some air: labels nearer collide
MARGIN = 20  # a first point further right leaves the labels of the grid alone


# --- Bars ---------------------------------------------------------------------------------------
def segments_of(segments: Iterable[Row]) -> list[Row]:
    """Lay segments (`count`, `tone`, `label`) side by side; what is empty is left out."""
    counted = [segment for segment in segments if segment["count"]]
    total = sum(segment["count"] for segment in counted)
    room = WHOLE - GAP * (len(counted) - 1)
    drawn, left = [], 0.0
    for segment in counted:
        width = room * segment["count"] / total
        drawn.append({**segment, "x": round(left, 2), "width": round(width, 2)})
        left += width + GAP
    return drawn


def share_of(value: int, total: int) -> float:
    """Return the width of a bar that stays within its ground."""
    share = min(max(value / total, 0), 1) if total else 0
    return round(share * WHOLE, 1)


# --- Lines --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Point:
    """One month's figure, and where it is drawn; both None in a month without a figure."""

    month: dt.date
    x: float
    value: int | None = None
    words: str = ""

    @property
    def y(self) -> float | None:
        """Upwards from the floor: 100 % lies at the top."""
        return None if self.value is None else WHOLE - min(max(self.value, 0), WHOLE)


@dataclass(frozen=True)
class Gridline:
    """A level of the grid; its label gives way to the first point's."""

    value: int
    y: float
    labelled: bool


@dataclass(frozen=True)
class Trend:
    """A line over months."""

    points: list[Point]  # every month from the first to the last

    @property
    def known(self) -> list[Point]:
        """The months with a figure."""
        return [point for point in self.points if point.value is not None]

    @property
    def lines(self) -> list[tuple[Point, Point]]:
        """From each month to the next. A month without a figure stays a gap: nobody knows."""
        return [
            (one, other)
            for one, other in pairwise(self.points)
            if one.value is not None and other.value is not None
        ]

    @property
    def dots(self) -> list[Point]:
        """Both ends, and each month that no line reaches."""
        reached = {point for line in self.lines for point in line}
        ends = (self.known[0], self.known[-1]) if self.known else ()
        return [point for point in self.known if point in ends or point not in reached]

    @property
    def grid(self) -> list[Gridline]:
        """Lines at nothing, half and all."""
        beside = self.known[0] if len(self.known) > 1 and self.known[0].x < MARGIN else None
        return [
            Gridline(level, WHOLE - level, labelled=beside is None or _apart(beside, level))
            for level in GRID
        ]

    @property
    def lowest(self) -> Point:
        return min(self.known, key=lambda point: point.value or 0)

    @property
    def highest(self) -> Point:
        return max(self.known, key=lambda point: point.value or 0)


def _apart(point: Point, level: int) -> bool:
    return abs((point.value or 0) - level) >= LETTER


def trend_of(months: Iterable[Mapping[str, Any]]) -> Trend:
    """Lay out `month`, `value` (0 to 100, or None) and `words`; months left out become gaps."""
    given = {_number(row["month"]): row for row in months}
    if not given:
        return Trend([])
    first, last = min(given), max(given)
    return Trend([_point(given.get(n, {}), n, first, last) for n in range(first, last + 1)])


def _point(row: Mapping[str, Any], number: int, first: int, last: int) -> Point:
    across = (number - first) / (last - first) if last > first else 1  # today is at the right
    return Point(
        month=dt.date(number // 12, number % 12 + 1, 1),
        x=round(WHOLE * across, 2),
        value=row.get("value"),
        words=row.get("words", ""),
    )


def _number(month: dt.date) -> int:
    """Count months through the years, so that neighbours differ by one."""
    return month.year * 12 + month.month - 1
