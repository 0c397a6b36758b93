"""Civil dates in Europe/London: the only clock the rules read.

Periods are added to an anchor with `add_period` (never step by step, so nothing drifts) and are
clamped to the end of the month: 29 February + 1 year is 28 February.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.dateformat import format as written

LONDON = ZoneInfo("Europe/London")
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


def moment_words(moment: datetime) -> str:
    """Write a moment as people say it: 6:30pm on Tuesday 13 October 2026."""
    return f"{clock_words(moment)} on {written(in_london(moment), 'l j F Y')}"


def span_words(start: datetime, end: datetime) -> str:
    """Write from when to when: 6:30pm to 7:30pm on Tuesday 13 October 2026."""
    same_day = in_london(start).date() == in_london(end).date()
    return f"{clock_words(start) if same_day else moment_words(start)} to {moment_words(end)}"


def clock_words(moment: datetime) -> str:
    """Write the time of day as people say it: 6:30pm, 6pm, midday, midnight."""
    local = in_london(moment)
    if local.minute:
        return f"{local.hour % 12 or 12}:{local:%M}{local:%p}".lower()
    words = {0: "midnight", 12: "midday"}
    return words.get(local.hour) or f"{local.hour % 12}{local:%p}".lower()


def in_london(moment: datetime) -> datetime:
    """Return the moment by the clock in London; without a time zone it is taken to be so."""
    return moment.astimezone(LONDON) if timezone.is_aware(moment) else moment
