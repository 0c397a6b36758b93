"""How long somebody was there: the union of their times, never the sum.

Two devices at once are one presence; what lies before or after the session does not count; and
where nothing is known, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from webinars.attendance.naming import normal, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from webinars.attendance.reading.report import Interval, Role, Seen

# Names that tools give to people without one.
ANYBODYS = re.compile(
    r"(?:(?:anonymous|unknown|zoom|teams|meet|external|phone|call in) ?)?"
    r"(?:user|guest|participant|attendee|caller|anonymous|unknown|gast|invitado|invite)"
    r"(?: \d{1,3})?"
)
ROLES: tuple[Role, ...] = ("host", "panellist", "attendee")  # who is one and the other is the first


@dataclass(frozen=True)
class Person:
    """All rows of one person. `stated` is the longest duration a row gives without its times."""

    row: int
    name: str
    email: str
    intervals: tuple[Interval, ...]
    stated: int | None
    role: Role

    def present(self, *, starts_at: datetime, ends_at: datetime) -> int | None:
        """Return for how many seconds of the session they were there; None if unknown.

        A duration without times may or may not lie within the times of other rows, so the longer
        of the two counts, not both.
        """
        if not self.intervals and self.stated is None:
            return None
        covered = present_seconds(self.intervals, starts_at=starts_at, ends_at=ends_at)
        whole = present_seconds([(starts_at, ends_at)], starts_at=starts_at, ends_at=ends_at)
        return max(covered, min(self.stated or 0, whole))

    def in_file(self) -> int | None:
        """Return for how many seconds they were there at all, before and after included."""
        if not self.intervals and self.stated is None:
            return None
        return max(self.stated or 0, _seconds(self.intervals))


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the union: in order, none touching another."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def present_seconds(
    intervals: Iterable[Interval], *, starts_at: datetime, ends_at: datetime
) -> int:
    """Return how many seconds of the session the intervals cover."""
    # In UTC: within one zone Python reckons by the clock on the wall.
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    clipped = ((max(start, starts_at), min(end, ends_at)) for start, end in intervals)
    return _seconds(merged((start, end) for start, end in clipped if start < end))


def _seconds(apart: Sequence[Interval]) -> int:
    return round(sum((end - start).total_seconds() for start, end in apart))


def grouped(seen: Iterable[Seen]) -> list[Person]:
    """Return one person for all rows that are theirs, in the order of the file.

    Rows of the same e-mail are one person's, whatever the name. Rows without one join the only
    person of that name who has one, or else each other. Two addresses are two people, and a row
    whose name says nothing ("iPhone", "Guest 2") stays alone.
    """
    rows = list(seen)
    shown, every = _addresses(rows, lambda names: names[:1]), _addresses(rows, lambda names: names)
    groups: dict[tuple[str, str], list[Seen]] = {}
    for one in rows:
        groups.setdefault(_key(one, shown, every), []).append(one)
    return sorted((_person(group) for group in groups.values()), key=lambda person: person.row)


def _addresses(
    rows: Iterable[Seen], which: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> dict[str, str]:
    """Return the address of each name; nothing where several people have that name."""
    found: dict[str, str] = {}
    for one in rows:
        email = one.email.casefold()
        for name in which(variants(one.name)) if email else ():
            found[name] = email if found.get(name, email) == email else ""
    return found


def _key(one: Seen, shown: dict[str, str], every: dict[str, str]) -> tuple[str, str]:
    """Return whose row it is. What stands in brackets may be somebody's name or their branch's:
    it is compared with names as they are shown, never with what others put in brackets."""
    if one.email:
        return "email", one.email.casefold()
    name, *originals = variants(one.name)
    if not name or ANYBODYS.fullmatch(name):
        return "row", str(one.row)
    emails = {every[name]} if name in every else {shown.get(other, "") for other in originals}
    email = emails.pop() if len(emails) == 1 else ""
    return ("email", email) if email else ("name", name)


def _person(rows: Sequence[Seen]) -> Person:
    stated = [one.seconds for one in rows if one.seconds is not None and not one.intervals]
    names = [one.name for one in rows if one.name]
    return Person(
        row=min(one.row for one in rows),
        name=next((name for name in names if normal(name)), names[0] if names else ""),
        email=next((one.email for one in rows if one.email), ""),
        intervals=merged(interval for one in rows for interval in one.intervals),
        stated=max(stated, default=None),
        role=min((one.role for one in rows), key=ROLES.index),
    )
