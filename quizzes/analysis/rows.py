"""A question's figures as people read them, and the orders of a list."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quizzes.analysis.flags import SURE, flags_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizzes.analysis.flags import Raised
    from quizzes.analysis.items import ItemFigures
    from quizzes.models import Question

CLEAR, LITTLE = 0.3, 0.1
MINUTE = 60
MINUS = "\N{MINUS SIGN}"


class Row:
    """One question of a list."""

    def __init__(self, question: Question, item: ItemFigures) -> None:
        self.question, self.item = question, item

    @cached_property
    def flags(self) -> list[Raised]:
        return flags_of(self.item)

    @property
    def facility(self) -> str:
        return "" if self.item.facility is None else f"{self.item.facility:.0%}"

    @property
    def discrimination(self) -> str:
        return _signed(self.item.discrimination)

    @property
    def correlation(self) -> str:
        return _signed(self.item.correlation)

    @property
    def discrimination_in_words(self) -> str:
        """How much better strong learners do."""
        found = self.item.discrimination
        if found is None:
            return ""
        if self.item.asked < SURE:
            return "too few answers to be sure"
        if found <= -LITTLE:
            return "no, they do worse"
        if found < LITTLE:
            return "hardly"
        return "clearly" if found >= CLEAR else "a little"

    @property
    def median_time(self) -> str:
        return _time(self.item.median_seconds)

    @property
    def mean_time(self) -> str:
        return _time(self.item.mean_seconds)


# Name in the address, words, and what a list is sorted by. What has no figure comes last.
ORDERS: dict[str, tuple[str, Callable[[Row], float | None]]] = {
    "": ("what to look at first", lambda row: -len(row.flags)),
    "hardest": ("hardest first", lambda row: row.item.facility),
    "easiest": ("easiest first", lambda row: _turned(row.item.facility)),
    "weakest": ("tells least apart first", lambda row: row.item.discrimination),
    "strongest": ("tells most apart first", lambda row: _turned(row.item.discrimination)),
    "slowest": ("slowest first", lambda row: _turned(row.item.median_seconds)),
}


def ordered(rows: Sequence[Row], order: str) -> list[Row]:
    """Return the rows in one of the orders; an unknown one is the usual."""
    _, key = ORDERS.get(order, ORDERS[""])

    def place(row: Row) -> tuple[bool, bool, float, str]:
        value = key(row)
        few = not row.item.is_enough
        return few, value is None, value or 0, row.question.reference

    return sorted(rows, key=place)


def _turned(value: float | None) -> float | None:
    return None if value is None else -value


def _signed(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2) + 0:.2f}".replace("-", MINUS)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
