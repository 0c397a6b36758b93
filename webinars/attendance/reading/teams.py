"""Reports of Microsoft Teams, in whatever language.

Three layouts: since 2021 numbered parts ("1. Summary", "2. Participants", "3. In-Meeting
Activities"), told by their numbers; for a while one table below a summary; and the list of events
("Full Name, User Action, Timestamp"), told by its form. What a column is follows from its English
heading or, in other languages, from its place, which is always the same.

Organisers and co-organisers are hosts. Presenters are not: many organisations let everybody
present.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from webinars.attendance.reading.clock import duration, written
from webinars.attendance.reading.tables import (
    Line,
    Table,
    cell,
    clean_email,
    column,
    headings,
    is_blank,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webinars.attendance.reading.report import Role

PART = re.compile(r"([1-9])\s?[.)、]\s?\S")
# In the languages of Europe as in English; Welsh, Hungarian, Chinese, Japanese and others.
ORGANISER = re.compile("organi|trefnydd|arrang|järjest|szervez|pořadatel|主催|开会|組織|组织")
NAME = ("name", "full name")
JOINED = ("first join", "first join time", "join time", "joined")
LEFT = ("last leave", "last leave time", "leave time", "left")
LENGTH = ("in meeting duration", "duration", "meeting duration")
EMAIL, UPN, ROLE = ("email", "e mail"), ("participant id upn", "participant id"), ("role",)
REGISTERED = "registration email"  # of webinars
ROLES = ("role", "rolle", "rôle", "rol", "rola", "ruolo", "função", "roll", "rôl", "rooli", "papel")
JOIN_WORDS = re.compile("join|beigetreten|uni[dó]|ingres|entr|part[ei]cip|deelgenomen|ymun|dołącz")
LEAVE_WORDS = re.compile(
    "left|leave|verlassen|quitt|abandon|sali|sai|uscit|lasciat|verlaten|gada|opu"
)

Rows = list[tuple[int, list[str]]]  # with their numbers in the file


def report(rows: Sequence[Sequence[str]]) -> Table | None:
    """Return what the report says, or None if this is none of Teams."""
    numbered: Rows = [(number, list(row)) for number, row in enumerate(rows, 1)]
    for reader in (_parts, _one_table, _events):
        if table := reader(numbered):
            return table
    return None


def _parts(rows: Rows) -> Table | None:
    parts = _parted(rows)
    people = _people(parts.get("2", []), envelope=True)
    if "1" not in parts or people is None:
        return None
    days = [text for _, row in parts["1"] for text in row[1:2] if written(text)]
    # The activities tell each stay; the participants only the first coming and the last going.
    stays = _people(parts.get("3", []), envelope=False) or []
    stays = _with_addresses(stays, people)
    known = {_who(line) for line in stays}
    roles = {_who(line): line.role for line in people}
    lines = [line for line in people if _who(line) not in known]
    lines += [_in_role(line, roles.get(_who(line), line.role)) for line in stays]
    return Table("teams", sorted(lines, key=lambda line: line.row), days)


def _with_addresses(stays: Sequence[Line], people: Sequence[Line]) -> list[Line]:
    """Return the stays with addresses that only the participants tell, where a name is one's."""
    emails: dict[str, set[str]] = {}
    for line in people:
        emails.setdefault(line.name.casefold(), set()).add(line.email)
    only = {name: found.pop() for name, found in emails.items() if len(found) == 1}
    return [
        line if line.email else replace(line, email=only.get(line.name.casefold(), ""))
        for line in stays
    ]


def _who(line: Line) -> tuple[str, str]:
    return line.name.casefold(), line.email.casefold()


def _in_role(line: Line, role: Role) -> Line:
    return replace(line, role=role)


def _parted(rows: Rows) -> dict[str, Rows]:
    """Return the rows of each numbered part, without the line that names it."""
    parts: dict[str, Rows] = {}
    current: Rows | None = None
    for number, row in rows:
        match = PART.match(row[0]) if row else None
        if match and is_blank(row[1:]) and match[1] not in parts:
            current = parts.setdefault(match[1], [])
        elif current is not None and not is_blank(row):
            current.append((number, row))
    return parts


def _people(rows: Rows, *, envelope: bool) -> list[Line] | None:
    if not rows:
        return None
    names = headings(rows[0][1])
    if len(names) < 4:
        return None
    places = _Places(names, with_upn=envelope)
    return [places.line(number, row, envelope=envelope) for number, row in rows[1:]]


class _Places:
    """Which column is which: by heading, else by place."""

    def __init__(self, names: Sequence[str], *, with_upn: bool) -> None:
        wanted = (NAME, JOINED, LEFT, LENGTH, EMAIL, UPN, ROLE)
        found = [column(names, *words) for words in wanted]
        if any(place is None for place in found[:4]):  # another language
            found = [0, 1, 2, 3, 4, *_upn_and_role(names, with_upn=with_upn)]
        self.registered = column(names, REGISTERED)
        self.name, self.joined, self.left, self.length, self.email, self.upn, self.role = found

    def line(self, number: int, row: Sequence[str], *, envelope: bool) -> Line:
        """Return what a row says."""
        role = cell(row, self.role).casefold()
        upn = clean_email(cell(row, self.upn))
        return Line(
            number,
            cell(row, self.name),
            cell(row, self.email) or upn or cell(row, self.registered),
            cell(row, self.joined),
            cell(row, self.left),
            duration(cell(row, self.length)),
            "host" if ORGANISER.search(role) else "attendee",
            envelope,
        )


def _upn_and_role(names: Sequence[str], *, with_upn: bool) -> tuple[int | None, int | None]:
    """Return the places of the two columns behind the address. "UPN" is the same in all languages;
    in which order they come is not."""
    upn = next((place for place, name in enumerate(names) if name.endswith("upn")), None)
    role = column(names, *ROLES, start=5)
    if upn is None and with_upn and len(names) > 6:
        upn = 6 if role == 5 else 5
    if role is None:
        role = 6 if upn == 5 else 5
    return upn, role


def _one_table(rows: Rows) -> Table | None:
    """The layout of 2021: a summary without numbers, then one table."""
    for place, (_, row) in enumerate(rows[:60]):
        names = headings(row)
        teams = "full name" in names or "in meeting duration" in names or "role" in names
        wanted = (NAME, JOINED, LEFT, LENGTH)
        if teams and None not in [column(names, *words) for words in wanted]:
            below = [(number, row) for number, row in rows[place + 1 :] if not is_blank(row)]
            days = [text for _, row in rows[:place] for text in row[1:2] if written(text)]
            places = _Places(names, with_upn=True)
            lines = [places.line(number, row, envelope=True) for number, row in below]
            return Table("teams", lines, days)
    return None


def _events(rows: Rows) -> Table | None:
    """The list of events: who joined or left, and when."""
    body = [(number, row) for number, row in rows if not is_blank(row)]
    if len(body) < 2 or not _is_list_of_events(body):
        return None
    by_name: dict[str, list[tuple[int, list[str]]]] = {}
    for number, row in body[1:]:
        by_name.setdefault(cell(row, 0), []).append((number, row))
    joins = {cell(events[0][1], 1).casefold() for events in by_name.values()}
    lines = [line for name, events in by_name.items() for line in _stays(name, events, joins)]
    return Table("teams", sorted(lines, key=lambda line: line.row))


def _is_list_of_events(body: Rows) -> bool:
    names = headings(body[0][1])
    if names[:3] == ["full name", "user action", "timestamp"]:
        return True
    actions = {cell(row, 1).casefold() for _, row in body[1:]}
    known = any(JOIN_WORDS.search(action) for action in actions)
    of_form = all(len(row) >= 3 for _, row in body[:200]) and len(names) in {3, 4}
    return of_form and known and len(actions) <= 4 and written(cell(body[1][1], 2)) is not None


def _stays(name: str, events: Rows, joins: set[str]) -> Iterator[Line]:
    """Pair each joining with the next leaving; one without the other stays open."""
    number, joined = 0, ""
    for row_number, row in events:
        when = cell(row, 2)
        if _is_joining(cell(row, 1).casefold(), joins):
            if joined:
                yield Line(number, name, joined=joined)
            number, joined = row_number, when
        else:
            yield Line(number or row_number, name, joined=joined, left=when)
            number, joined = 0, ""
    if joined:
        yield Line(number, name, joined=joined)


def _is_joining(action: str, joins: set[str]) -> bool:
    if LEAVE_WORDS.search(action):
        return False
    return bool(JOIN_WORDS.search(action)) or action in joins
