"""Times as reports write them.

A time that names no zone is a civil time in Europe/London, where the sessions are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = range(2000, 2100)
LONGEST_TEXT = 60  # of a moment or a duration
LONGEST = 7 * 24 * 3600  # nobody is in a meeting for a week

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")

_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\.?)?"
)
_ZONE = r"(?:\s?\(?(?P<zone>z|utc|gmt|bst)?\s?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?\)?)"
_BETWEEN = r"(?:,?\s(?:at\s|um\s|à\s)?|t|,)"
_DATES = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\.?",
    r"(?P<one>\d{1,2})[-/.]\s?(?P<two>\d{1,2})[-/.]\s?(?P<year>\d{4}|\d{2})",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{3,9})\.?,?[\s-](?P<year>\d{4})",
    r"(?P<name>[a-z]{3,9})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})",
)
_WEEKDAY = r"(?:[a-z]{2,9}\.?,?\s)?"
_MOMENTS = [re.compile(f"{_WEEKDAY}{day}(?:{_BETWEEN}{_TIME}{_ZONE})?") for day in _DATES]
_CLOCK = re.compile(f"{_TIME.replace('[:.]', ':', 1)}{_ZONE}")
_DURATION = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)\s?([^\W\d_]+)\.?")


@dataclass(frozen=True)
class Written:
    """A moment as it is written. Without `order`, which number is the day is not known yet."""

    text: str
    parts: tuple[int, int, int] | None  # year and two numbers; None for a time alone
    order: Order | None
    clock: time | None  # None for a date alone
    offset: int | None  # minutes ahead of UTC, if the file names the zone

    def day(self, order: Order) -> date | None:
        """Return the date, if there is such a day when it is read in that order."""
        if self.parts is None:
            return None
        year, one, two = self.parts
        day, month = (one, two) if (self.order or order) == "dmy" else (two, one)
        try:
            return date(year, month, day)
        except ValueError:
            return None


def written(text: str) -> Written | None:
    """Return what a cell says about a moment, or None if it is none we can read."""
    return _written(text) if len(text) <= LONGEST_TEXT else None


@lru_cache(maxsize=4096)
def _written(text: str) -> Written | None:
    known = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for pattern in (*_MOMENTS, _CLOCK):
        if match := pattern.fullmatch(known):
            return _understood(text, match.groupdict())
    return None


def _understood(text: str, parts: dict[str, str | None]) -> Written | None:
    clock = _clock(parts) if parts["hour"] else None
    day = _date(parts) if "year" in parts else None
    if (parts["hour"] and clock is None) or ("year" in parts and day is None):
        return None
    order: Order | None = None if parts.get("one") else "dmy"
    return Written(text, day, order, clock, _offset(parts))


def _clock(parts: dict[str, str | None]) -> time | None:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"] and hour <= 12:
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


def _date(parts: dict[str, str | None]) -> tuple[int, int, int] | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    if year not in YEARS:
        return None
    if name := parts.get("name"):
        if name[:3] not in MONTHS:
            return None
        return year, int(parts["day"] or 0), MONTHS.index(name[:3]) + 1
    one, two = parts.get("one") or parts.get("day"), parts.get("two") or parts.get("month")
    return year, int(one or 0), int(two or 0)


def _offset(parts: dict[str, str | None]) -> int | None:
    zone, ahead = parts.get("zone"), parts.get("offset")
    if not ahead:
        return None if zone is None else 60 * (zone == "bst")
    digits = ahead[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    found = int(hours) * 60 + int(minutes)
    return (-found if ahead[0] == "-" else found) if found <= 14 * 60 else None


def moments(day: date, clock: time, offset: int | None) -> list[datetime]:
    """Return the moments in UTC at which the clock in London shows this: one as a rule, two in
    the hour that comes twice in October, none in the hour that is left out in March."""
    civil = datetime.combine(day, clock)
    if offset is not None:
        return [civil.replace(tzinfo=UTC) - timedelta(minutes=offset)]
    first = civil.replace(tzinfo=LONDON).astimezone(UTC)
    if first.astimezone(LONDON).replace(tzinfo=None) != civil:
        return []
    second = civil.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    return [first] if first == second else [first, second]


def local_day(moment: datetime) -> date:
    """Return the date in London."""
    return moment.astimezone(LONDON).date()


def duration(text: str) -> int | None:
    """Return the seconds of "1h 2m 3s", "1 hr 5 min", "1:02:03" or a bare number of minutes.

    None if it is nothing of the kind: unknown, not zero. So is "1:02", which might be either.
    """
    return _duration(text) if len(text) <= LONGEST_TEXT else None


@lru_cache(maxsize=4096)
def _duration(text: str) -> int | None:
    known = unicodedata.normalize("NFKC", text).casefold().strip().lstrip("<").strip()
    if match := re.fullmatch(r"(\d{1,4}):(\d{1,2}):(\d{1,2})", known):
        hours, minutes, seconds = map(int, match.groups())
        return _sane(hours * 3600 + minutes * 60 + seconds)
    if match := re.fullmatch(r"(\d{2,4}):(\d{2})", known):
        minutes, seconds = map(int, match.groups())
        return _sane(minutes * 60 + seconds) if minutes > 23 else None
    if re.fullmatch(r"\d{1,7}(?:[.,]\d{1,3})?", known):
        return _sane(round(float(known.replace(",", ".")) * 60))
    return _in_words(known)


def _in_words(known: str) -> int | None:
    if not known or _DURATION.sub("", known).strip(" ,"):
        return None
    total = 0.0
    for number, word in _DURATION.findall(known):
        size = _size(word)
        if size is None:
            return None
        total += float(number.replace(",", ".")) * size
    return _sane(round(total))


def _size(word: str) -> int | None:
    # In the languages tools speak: Std., heures, horas, godz., uur, awr; min., munud; sek.
    for beginnings, size in ((("st", "h", "g", "u", "o", "a"), 3600), (("m",), 60), (("s",), 1)):
        if word.startswith(beginnings):
            return size
    return 86_400 if word.startswith(("d", "t", "j")) else None


def _sane(seconds: int) -> int | None:
    return seconds if seconds <= LONGEST else None
