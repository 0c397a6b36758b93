"""Civil dates in Europe/London: the only clock the rules read.

Periods are added to an anchor with `add_period` (never step by step, so nothing drifts) and are
clamped to the end of the month: 29 February + 1 year is 28 February.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

NEVER = date.min
FOR_GOOD = date.max


def today() -> date:
    """Return today's date in Europe/London (settings.TIME_ZONE)."""
    return timezone.localdate()


def add_period(base: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """Return `base` moved by whole years, months and days, clamped to the month's end."""
    return base + relativedelta(years=years, months=months, days=days)


def end_of(day: date) -> datetime:
    """Return the moment at which that day is over in Europe/London."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight)
