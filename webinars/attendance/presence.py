"""How long somebody was there: the union of their times, never the sum.

Two devices at once are one presence; what lies before or after the session does not count; and
where nothing is known, nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Protocol

from webinars.attendance.naming import normal, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """All rows of one person. `stated` is the longest duration a row gives without its times;
    `is_shared` says that rows of the same address name others who booked."""

    row: int
    name: str
    email: str
    intervals: tuple[Interval, ...]
    stated: int | None
    role: Role
    identity: str = ""
    is_shared: bool = False

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


class Booked(Protocol):
    """The people who booked, as far as they tell whose a row is."""

    def identified(self, identity: str) -> int | None:
        """Return who the meeting tool knows by this (an id)."""

    def meant(self, name: str) -> frozenset[int]:
        """Return everybody whose name this may be (ids)."""


class _NobodyBooked:
    def identified(self, identity: str) -> None:
        del identity

    def meant(self, name: str) -> frozenset[int]:
        del name
        return frozenset()


def grouped(seen: Iterable[Seen], booked: Booked | None = None) -> list[Person]:
    """Return one person for all rows that are theirs, in the order of the file.

    Rows of the same e-mail are one person's, whatever the name, unless they name different people
    who booked: couples share addresses. Rows without one join the only person of that name who has
    one, or else each other; but not where several who booked have that name. Two addresses are two
    people, and a row whose name says nothing ("iPhone", "Guest 2") stays alone.
    """
    groups = _Grouping(list(seen), booked or _NobodyBooked()).groups()
    return sorted(groups, key=lambda person: person.row)


class _Grouping:
    """The rows of one report, and whose each of them is."""

    def __init__(self, rows: Sequence[Seen], booked: Booked) -> None:
        self.rows, self.booked = rows, booked
        self.shown = _addresses(rows, lambda names: names[:1])
        self.every = _addresses(rows, lambda names: names)
        named: dict[str, list[frozenset[int]]] = defaultdict(list)
        for one in rows:
            if one.email and (people := booked.meant(one.name)):
                named[one.email.casefold()].append(people)
        self.shared = {
            email for email, people in named.items() if not frozenset.intersection(*people)
        }

    def groups(self) -> Iterator[Person]:
        """Yield each person."""
        found: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
        for one in self.rows:
            found[self._key(one)].append(one)
        return (self._person(rows) for rows in found.values())

    def _key(self, one: Seen) -> tuple[object, ...]:
        if one.identity and (known := self.booked.identified(one.identity)):
            return "member", known
        if one.email:
            return self._at(one.email.casefold(), one)
        name, *originals = variants(one.name)
        if not name or ANYBODYS.fullmatch(name) or len(self.booked.meant(one.name)) > 1:
            return "row", one.row
        email = self._address_of(name, originals)
        return self._at(email, one) if email else ("name", name)

    def _at(self, email: str, one: Seen) -> tuple[object, ...]:
        return "email", email, self.booked.meant(one.name) if email in self.shared else None

    def _address_of(self, name: str, originals: Sequence[str]) -> str:
        """Return the only address of that name. What stands in brackets may be somebody's name or
        their branch's: it is compared with names as they are shown, never with what others put in
        brackets."""
        if name in self.every:
            return self.every[name]
        emails = {self.shown.get(other, "") for other in originals}
        return emails.pop() if len(emails) == 1 else ""

    def _person(self, rows: Sequence[Seen]) -> Person:
        stated = [one.seconds for one in rows if one.seconds is not None and not one.intervals]
        names = [one.name for one in rows if one.name]
        telling = (self.booked.meant, normal)  # the name that says most of whose it is
        said = (name for says in telling for name in names if says(name))
        email = next((one.email for one in rows if one.email), "")
        return Person(
            row=min(one.row for one in rows),
            name=next(said, names[0] if names else ""),
            email=email,
            intervals=merged(interval for one in rows for interval in one.intervals),
            stated=max(stated, default=None),
            role=min((one.role for one in rows), key=ROLES.index),
            identity=next((one.identity for one in rows if one.identity), ""),
            is_shared=email.casefold() in self.shared,
        )


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
