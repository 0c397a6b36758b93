"""The learning dashboard of BigBlueButton: the CSV it lets people download, and its JSON.

The CSV tells the first joining and the last leaving; the JSON every stay, in milliseconds since
1970. Moderators are hosts.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from webinars.attendance.reading.clock import YEARS, duration
from webinars.attendance.reading.decoding import MOST_ROWS, TOO_MANY
from webinars.attendance.reading.report import Unreadable
from webinars.attendance.reading.tables import (
    Line,
    Table,
    cell,
    column,
    headings,
    is_blank,
    is_true,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAME, EMAIL = ("name", "user", "user name"), ("email", "user email")
JOINED = (
    "join",
    "join time",
    "joined",
    "joined at",
    "registered at",
    "registered on",
    "registered",
)
LEFT = ("left", "left at", "leave time", "left on", "leave")
LENGTH = ("duration", "online time", "time online")
PLACES = 12  # columns of the dashboard before the polls: name, moderator, ... join, left, duration


def report(rows: Sequence[Sequence[str]]) -> Table | None:
    """Return what the CSV says, or None if this is none of the dashboard."""
    full = [(number, row) for number, row in enumerate(rows, 1) if not is_blank(row)]
    if not full:
        return None
    names = headings(full[0][1])
    places = _places(names, full[1:])
    if places is None:
        return None
    lines = [_line(number, row, places) for number, row in full[1:] if cell(row, places["joined"])]
    return Table("bigbluebutton", lines)


def _places(
    names: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> dict[str, int | None] | None:
    always = {
        "name": column(names, *NAME),
        "moderator": column(names, "moderator"),
        "joined": column(names, *JOINED),
        "left": column(names, *LEFT),
        "length": column(names, *LENGTH),
    }
    if None not in always.values():
        return always | {"email": column(names, *EMAIL)}
    # In another language: the second column says TRUE or FALSE, and the places are the same.
    said = {cell(row, 1).casefold() for _, row in rows} - {""}
    if len(names) >= PLACES and said and said <= {"true", "false"}:
        return {"name": 0, "moderator": 1, "email": None, "joined": 9, "left": 10, "length": 11}
    return None


def _line(number: int, row: Sequence[str], places: Mapping[str, int | None]) -> Line:
    return Line(
        number,
        cell(row, places["name"]),
        cell(row, places["email"]),
        cell(row, places["joined"]),
        cell(row, places["left"]),
        duration(cell(row, places["length"])),
        "host" if is_true(cell(row, places["moderator"])) else "attendee",
        envelope=True,
    )


def dashboard(text: str) -> Table:
    """Return what the JSON says. Raise Unreadable if it is no dashboard's."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable.unknown("This JSON cannot be read.") from error
    users = data.get("users") if isinstance(data, dict) else None
    people = [user for user in _values(users) if isinstance(user, dict) and "name" in user]
    if not people:
        raise Unreadable.unknown()
    ended = _moment(data.get("endedOn"))
    lines: list[Line] = []
    for number, user in enumerate(people, 1):
        lines += _lines(number, user, ended)
        if len(lines) > MOST_ROWS:
            raise Unreadable(TOO_MANY)
    return Table("bigbluebutton", lines)


def _values(found: Any) -> list[Any]:
    if isinstance(found, dict):
        return list(found.values())
    return found if isinstance(found, list) else []


def _lines(number: int, user: dict[str, Any], ended: str) -> Iterator[Line]:
    outer = user.get("extId") or user.get("userID")  # what whoever let them in called them
    email = outer if "@" in _text(outer) else user.get("email")
    for stay in _stays(user):
        yield Line(
            number,
            _text(user["name"]),
            _text(email),
            _moment(stay.get("registeredOn")),
            _moment(stay.get("leftOn")) or ended,
            role="host" if user.get("isModerator") is True else "attendee",
            identity=_text(outer),
        )


def _stays(user: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each stay, however deep this version keeps them."""
    found: list[Any] = []
    for device in _values(user.get("intIds")):
        sessions = _values(device.get("sessions")) if isinstance(device, dict) else []
        found += sessions or [device]
    return [stay for stay in found if isinstance(stay, dict)] or [user]


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _moment(milliseconds: Any) -> str:
    """Return the moment in ISO 8601, or nothing: 0 says that it has not come."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ""
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year in YEARS else ""
