"""Quarters of a year, as returns name them: 2026-3 is July to September 2026."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.dateformat import format as written

from members.dates import add_period, today

MONTHS = 3


class Quarter(NamedTuple):
    """Three months, the first of which is January, April, July or October."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def last_over(cls) -> Quarter:
        """The quarter that ended last: the one that can be signed."""
        return cls.of(cls.of(today()).first - timedelta(days=1))

    @classmethod
    def recent(cls, count: int) -> list[Quarter]:
        """Return that many quarters that are over, the last first."""
        last = cls.last_over().first
        return [cls.of(add_period(last, months=-MONTHS * back)) for back in range(count)]

    @classmethod
    def named(cls, code: str) -> Quarter | None:
        """Return the quarter with that code; None if there is none, or it has not begun."""
        found = re.fullmatch(r"(20\d\d)-([1-4])", code, re.ASCII)
        quarter = cls(int(found[1]), int(found[2])) if found else None
        return quarter if quarter and quarter.first <= today() else None

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        return self.signable_from - timedelta(days=1)

    @property
    def signable_from(self) -> date:
        """The first day after it."""
        return add_period(self.first, months=MONTHS)

    @property
    def is_running(self) -> bool:
        return self.last >= today()

    @property
    def can_be_signed(self) -> bool:
        return self == Quarter.last_over()

    @property
    def words(self) -> str:
        return f"{written(self.first, 'F')} to {written(self.last, 'F Y')}"
