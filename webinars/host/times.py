"""Times as hosts write them: by the clock in London, also in the nights when it is changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import NoReturn

from members.dates import LONDON, moment_words

HOW = "Give the time like this: 6:30pm or 18:30."
WRITTEN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
NAMED = {"midday": time(12), "noon": time(12), "midnight": time()}


class NoSuchTime(ValueError):  # noqa: N818 (a refusal, not a fault)
    """This is no time of that day, or two. The sentence says which, why and what to do."""


def read_clock(text: str) -> time:
    """Read 6:30pm, 6.30 pm, 6pm, 18:30 or midday. A bare 7 could be either: it is refused."""
    words = text.strip().lower()
    if words in NAMED:
        return NAMED[words]
    found = WRITTEN.fullmatch(words)
    if not found or not (found[2] or found[3]):
        raise NoSuchTime(HOW)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise NoSuchTime(HOW)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NoSuchTime(HOW)
    return time(hour, minute)


def london_moment(day: date, clock: time) -> datetime:
    """Return the moment, in UTC, at which the clocks in London show this on that day.

    Raises NoSuchTime in the hour that is left out in spring and in the one that comes twice in
    autumn: of those two nobody could say which is meant.
    """
    first = datetime.combine(day, clock, tzinfo=LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        _refuse(first, second)
    return first.astimezone(UTC)


def _refuse(first: datetime, second: datetime) -> NoReturn:
    said = moment_words(first)
    if first.astimezone(UTC) > second.astimezone(UTC):
        raise NoSuchTime(
            f"{said} does not exist: the clocks go forward from 1am to 2am that night. "
            "Choose a time before 1am, or 2am or later."
        )
    raise NoSuchTime(
        f"{said} comes twice: the clocks go back from 2am to 1am that night. "
        "Choose a time before 1am, or 2am or later."
    )
