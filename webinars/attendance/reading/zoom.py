"""Reports of Zoom: participants of a meeting, attendees of a webinar.

Meetings: a heading "Name (Original Name)", with the meeting's own block above it or not, one row
a joining; or "unique users", with total minutes and no times. Rows of the waiting room are no
presence. Webinars: parts named "Host Details", "Panelist Details", "Attendee Details" and "Other
Attended" (by phone), each with headings of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from webinars.attendance.reading.clock import duration
from webinars.attendance.reading.report import Problem
from webinars.attendance.reading.tables import (
    Line,
    Table,
    cell,
    column,
    heading,
    headings,
    is_blank,
    is_true,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webinars.attendance.reading.report import Role

NAMES = ("name original name", "user name original name", "name", "user name", "participant")
EMAILS = ("user email", "email", "e mail", "email address")
JOINED, LEFT = ("join time", "time joined"), ("leave time", "time left")
MINUTES = (
    "duration minutes",
    "total duration minutes",
    "time in session minutes",
    "time in meeting minutes",
    "duration",
)
WAITING = ("in waiting room", "waiting room")
HOST_EMAILS, HOST_NAMES = ("host email", "user email"), ("host name", "user name", "host")
STARTS = ("start time", "actual start time")
FAR_DOWN = 500  # rows: a report has shown by then what it is
SUMS = {"total", "totals", "sum", "grand total"}
NAME_AND_EMAIL = re.compile(r"(.*?)\s*\(([^\s()@]+@[^\s()@]+)\)")
IS_HOST = re.compile(r"\((?:co-?)?host(?:,[^)]*)?\)", re.IGNORECASE)

PARTS: dict[str, Role] = {
    "host details": "host",
    "panelist details": "panellist",
    "panellist details": "panellist",
    "alternative host details": "host",
    "attendee details": "attendee",
    "other attended": "attendee",
}


def meeting(rows: Sequence[Sequence[str]]) -> Table | None:
    """Return what a participants report says, or None if this is none."""
    for place, row in enumerate(rows[:60]):
        names = headings(row)
        if _is_participants(names):
            above = _block_above(rows[:place])
            return _Meeting(names, above, place).table(rows)
    return None


def _is_participants(names: Sequence[str]) -> bool:
    name = column(names, *NAMES)
    of_teams = "role" in names or "full name" in names
    of_the_meeting = "topic" in names and "name original name" not in names
    if name is None or of_teams or of_the_meeting:
        return False
    minutes = column(names, *MINUTES[:4], start=name)
    of_zoom = "name original name" in names or "user email" in names or "guest" in names
    return minutes is not None and of_zoom


def _block_above(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the meeting's own facts, from headings with one row below them."""
    for names, facts in pairwise(rows):
        known = headings(names)
        if {"topic", "meeting id", "id"} & set(known):
            return dict(zip(known, facts, strict=False))
    return {}


class _Meeting:
    """The headings of a participants report."""

    def __init__(self, names: Sequence[str], above: dict[str, str], place: int) -> None:
        # Detailed exports repeat the meeting in front of each participant: skip over it.
        start = column(names, *NAMES[:1]) or 0
        self.name = column(names, *NAMES, start=start)
        self.email = column(names, *EMAILS, start=start)
        self.joined = column(names, *JOINED, start=start)
        self.left = column(names, *LEFT, start=start)
        self.minutes = column(names, *MINUTES, start=start)
        self.waiting = column(names, *WAITING, start=start)
        self.names, self.above, self.place = names, above, place
        self.before = start

    def table(self, rows: Sequence[Sequence[str]]) -> Table:
        """Return the lines below the headings."""
        facts = self.above
        if self.before and len(rows) > self.place + 1:
            facts = dict(zip(self.names[: self.before], rows[self.place + 1], strict=False))
        host = _host(facts)
        lines, notes = [], []
        for number, row in enumerate(rows[self.place + 1 :], self.place + 2):
            if is_blank(row) or self._is_sum(row):
                continue
            if is_true(cell(row, self.waiting)):
                notes.append(Problem(number, "In the waiting room only: not counted as presence."))
                continue
            lines.append(self._line(number, row, host))
        days = [text for text in [_first(facts, STARTS)] if text]
        return Table("zoom_meeting", lines, days, notes)

    def _is_sum(self, row: Sequence[str]) -> bool:
        """Whether a row below the people only adds them up."""
        when = cell(row, self.email) or cell(row, self.joined) or cell(row, self.left)
        return heading(cell(row, self.name)) in SUMS and not when

    def _line(self, number: int, row: Sequence[str], host: tuple[str, str]) -> Line:
        name, email = cell(row, self.name), cell(row, self.email)
        is_host = bool(IS_HOST.search(name))
        if email and host[0]:
            is_host = is_host or email.casefold() == host[0]
        elif name and host[1]:
            is_host = is_host or name.casefold() == host[1]
        return Line(
            number,
            name,
            email,
            cell(row, self.joined),
            cell(row, self.left),
            duration(cell(row, self.minutes)),
            "host" if is_host else "attendee",
        )


def _host(facts: dict[str, str]) -> tuple[str, str]:
    """Return the host's address and name; newer reports write both into one cell."""
    email, name = _first(facts, HOST_EMAILS), _first(facts, HOST_NAMES)
    if (both := NAME_AND_EMAIL.fullmatch(name)) and not email:
        name, email = both.groups()
    return email.casefold(), name.casefold()


def _first(facts: dict[str, str], wanted: Sequence[str]) -> str:
    return next((facts[want] for want in wanted if facts.get(want)), "")


def webinar(rows: Sequence[Sequence[str]]) -> Table | None:
    """Return what a webinar's attendee report says, or None if this is none."""
    reader = _Webinar()
    for number, row in enumerate(rows, 1):
        reader.take(number, row)
    return Table("zoom_webinar", reader.lines, reader.days) if reader.found else None


class _Webinar:
    """Goes down an attendee report, part by part."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.days: list[str] = []
        self.found = False
        self.role: Role = "attendee"
        self.names: list[str] = []  # the headings of the part it is in
        self.facts: list[str] = []  # those of the webinar's own block, for the row below them

    def take(self, number: int, row: Sequence[str]) -> None:
        """Take the next row."""
        first = heading(row[0]) if row else ""
        if first in PARTS:
            self.role, self.names = PARTS[first], []
        elif self.names:
            self._person(number, row)
        elif number > FAR_DOWN and not self.found:
            return
        elif self.facts:
            self.days += filter(None, [cell(row, column(self.facts, *STARTS))])
            self.facts = []
        else:
            self._headings(headings(row))

    def _headings(self, known: list[str]) -> None:
        if "webinar id" in known:
            self.facts = known
        elif column(known, *JOINED) is not None and _is_attendees(known):
            self.names, self.found = known, True

    def _person(self, number: int, row: Sequence[str]) -> None:
        joined, left = (cell(row, column(self.names, *which)) for which in (JOINED, LEFT))
        attended = cell(row, column(self.names, "attended"))
        if is_blank(row) or (attended and not is_true(attended)) or not (attended or joined):
            return
        name, email = self._who(row)
        if not (name or email) and self.lines:  # joined again: the row does not repeat the person
            name, email = self.lines[-1].name, self.lines[-1].email
        seconds = duration(cell(row, column(self.names, *MINUTES)))
        self.lines.append(Line(number, name, email, joined, left, seconds, self.role))

    def _who(self, row: Sequence[str]) -> tuple[str, str]:
        parts = (cell(row, column(self.names, part)) for part in ("first name", "last name"))
        name = cell(row, column(self.names, *NAMES)) or " ".join(filter(None, parts))
        return name, cell(row, column(self.names, *EMAILS))


def _is_attendees(known: Sequence[str]) -> bool:
    return "time in session minutes" in known or "attended" in known
