"""How long a completion counts: pure arithmetic with civil dates.

Periods are added to an anchor, never to the day before: three half-years from 31 August end on
28 February, 31 August and 28 February. The last day a completion counts is included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from members.dates import add_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.models import Completion

LEAP_YEAR = 2024
DAYS_A_YEAR, DAYS_A_MONTH = 365, 28  # the least there are
NOT_A_DAY = "Give the day and the month of the fixed date, for example 31 and March."
NO_SUCH_DAY = "There is no such day. Choose one that this month has."
TWO_RULES = (
    "With a fixed date the years, months and days do nothing. Leave them empty, or choose another "
    "way of counting a renewal."
)
OPENS_TOO_EARLY = (
    "People could renew on the very day they finish, again and again: what they have would count "
    "no longer than renewal is open. Make this shorter, or let the course count longer."
)
SHORTER_THAN_WINDOW = (
    "Who renews as soon as renewal opens would be covered to the date they have already. Choose a "
    "minimum that is longer than renewal is open."
)


class Method(Enum):
    """From where a renewed completion counts."""

    COMPLETION = "completion"
    OLD_EXPIRY = "expiry"
    FIXED_DATE = "fixed"


@dataclass(frozen=True)
class Cover:
    """When a completion counts and can be renewed; `valid_to` None: for good.

    `anchor` and `periods` say what `valid_to` was computed from. They are stamped on the
    completion, so that a rule changed later changes nobody's dates.
    """

    valid_to: date | None
    renews_from: date | None
    anchor: date
    periods: int = 1


@dataclass(frozen=True)
class Renewal:
    """A course's rule: how long a completion counts and how it is renewed."""

    years: int = 0
    months: int = 0
    days: int = 0
    window_days: int = 90
    method: Method = Method.OLD_EXPIRY
    fixed: tuple[int, int] | None = None  # month and day, with Method.FIXED_DATE
    minimum_months: int = 0

    @property
    def is_for_good(self) -> bool:
        return self.method is not Method.FIXED_DATE and not (self.years or self.months or self.days)

    def cover(self, completed_on: date, *, before: Completion | None = None) -> Cover:
        """Return the cover of a completion of that day; `before` is the one it renews, if any."""
        if self.is_for_good:
            return Cover(None, None, completed_on)
        if self.method is Method.FIXED_DATE:
            ends = self._fixed_end(completed_on, before)
            return self._covered(completed_on, completed_on, 1, ends)
        counted = [(completed_on, 1)]
        if self.method is Method.OLD_EXPIRY and before and _renews_in_time(completed_on, before):
            counted.append(self._next_period(before))
        # In periods of months and days the later start can end sooner: nobody loses days by it.
        ends, anchor, periods = max((self._end(*count), *count) for count in counted)
        return self._covered(completed_on, anchor, periods, ends)

    def _covered(self, completed_on: date, anchor: date, periods: int, ends: date) -> Cover:
        # completed on <= renewal opens <= last day, also where the window is longer than the cover
        opens = max(completed_on, ends - timedelta(days=self.window_days))
        return Cover(ends, opens, anchor, periods)

    def _end(self, anchor: date, periods: int) -> date:
        return add_period(
            anchor,
            years=self.years * periods,
            months=self.months * periods,
            days=self.days * periods,
        )

    def _next_period(self, before: Completion) -> tuple[date, int]:
        """Return what to count from: the old anchor, unless the rule is another one by now."""
        anchor, periods, ends = before.anchor_on, before.periods, before.valid_to
        if anchor and self._end(anchor, periods) == ends:
            return anchor, periods + 1
        return ends or before.completed_on, 1

    def _fixed_end(self, completed_on: date, before: Completion | None) -> date:
        """Return the first fixed day that gives the minimum validity, and more than before."""
        earliest = add_period(completed_on, months=self.minimum_months)
        if before and before.valid_to and _renews_in_time(completed_on, before):
            earliest = max(earliest, before.valid_to + timedelta(days=1))
        year = earliest.year
        month, day = self.fixed or (12, 31)
        while (ends := _day(year, month, day)) < earliest:
            year += 1
        return ends


def contradictions(rule: Renewal) -> Iterator[tuple[str, str]]:
    """Yield what does not go together in a course's rule: its field, why, and what to do."""
    period = rule.years or rule.months or rule.days
    if rule.method is not Method.FIXED_DATE:
        years, months = divmod(rule.months, 12)
        fewest = (rule.years + years) * DAYS_A_YEAR + months * DAYS_A_MONTH + rule.days
        if period and fewest <= rule.window_days:
            yield "renewal_window_days", OPENS_TOO_EARLY
    elif rule.fixed is None:
        yield "renewal_fixed_day", NOT_A_DAY
    elif not _is_day(*rule.fixed):
        yield "renewal_fixed_day", NO_SUCH_DAY
    elif period:
        yield "renewal_method", TWO_RULES
    elif rule.minimum_months * DAYS_A_MONTH < rule.window_days:
        yield "minimum_validity_months", SHORTER_THAN_WINDOW


def _is_day(month: int, day: int) -> bool:
    """Whether there is such a day; 29 February is one."""
    try:
        return bool(date(LEAP_YEAR, month, day))
    except ValueError:
        return False


def _day(year: int, month: int, day: int) -> date:
    """Return that day, or the last of a month that is shorter."""
    first = date(year, month, 1)
    last = add_period(first, months=1) - timedelta(days=1)
    return min(first + timedelta(days=day - 1), last)


def _renews_in_time(day: date, before: Completion) -> bool:
    ends, opens = before.valid_to, before.renews_from
    return bool(ends and opens and opens <= day <= ends)
