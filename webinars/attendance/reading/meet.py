"""Attendance reports of Google Meet: Workspace's own and those of browser extensions.

They tell the first joining and the last leaving as times without a date, and how long somebody
was there in between. The date is the session's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.attendance.reading.clock import duration, written
from webinars.attendance.reading.tables import Line, Table, cell, column, headings, is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("name", "full name", "participant name", "participant", "names")
JOINED = ("time joined", "joined", "joined at", "join time", "first seen", "first joined")
LEFT = ("time exited", "time left", "exited", "left", "left at", "leave time", "last seen")
LENGTH = ("duration", "time in call", "attended duration", "time in meeting", "total duration")
EMAIL = ("email", "e mail", "email address")
ALL = {"", "first name", "last name", *NAMES, *JOINED, *LEFT, *LENGTH, *EMAIL}
OF_MEET = {"time joined", "time exited", "first seen", "time in call"}


def report(rows: Sequence[Sequence[str]]) -> Table | None:
    """Return what the report says, or None if this is none of Meet."""
    for place, row in enumerate(rows[:30]):
        names = headings(row)
        if _is_meet(names):
            lines = [
                _line(number, row, names)
                for number, row in enumerate(rows[place + 1 :], place + 2)
                if not is_blank(row)
            ]
            return Table("meet", lines, _days(rows[:place]))
    return None


def _is_meet(names: Sequence[str]) -> bool:
    """Whether it says who, from when, and until when or how long; by words that only Meet has, or
    with all of these and nothing else. Lists of other things have names and dates too."""
    named = column(names, *NAMES) is not None or "first name" in names
    joined, left, length = (column(names, *which) is not None for which in (JOINED, LEFT, LENGTH))
    by_words = bool(OF_MEET & set(names)) and (left or length)
    by_form = left and length and ALL.issuperset(names)
    return named and joined and (by_words or by_form)


def _days(above: Sequence[Sequence[str]]) -> list[str]:
    found = [text for row in above for text in row if text]
    return [text for text in found if (moment := written(text)) and moment.parts]


def _line(number: int, row: Sequence[str], names: Sequence[str]) -> Line:
    parts = (cell(row, column(names, part)) for part in ("first name", "last name"))
    return Line(
        number,
        " ".join(filter(None, parts)) or cell(row, column(names, *NAMES)),
        cell(row, column(names, *EMAIL)),
        cell(row, column(names, *JOINED)),
        cell(row, column(names, *LEFT)),
        duration(cell(row, column(names, *LENGTH))),
        envelope=True,
    )
