"""From what rows say to when people were there.

A stay needs a joining and a leaving, or one of them and a duration. Where a report tells only the
first joining and the last leaving, and a duration that is clearly shorter, the gaps are not known:
then the duration counts, at most for what of that time lies in the session. Nothing is made up: no
leaving and no duration is unknown.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from statistics import median
from typing import TYPE_CHECKING

from webinars.attendance.reading.clock import LONGEST, local_day, moments, written
from webinars.attendance.reading.days import order_of
from webinars.attendance.reading.report import Problem, Report, Seen, Unreadable
from webinars.attendance.reading.tables import clean_email, clean_name

if TYPE_CHECKING:
    from datetime import datetime

    from webinars.attendance.reading.clock import Order
    from webinars.attendance.reading.report import Interval
    from webinars.attendance.reading.tables import Line, Table

ROUNDING = 90  # seconds by which a duration may fall short of its times without gaps
MINUTE, HOUR = 60, 3600
NEAR = 20 * 60  # seconds: how close to a whole hour a shift is, to be a matter of time zones
FAR = 14 * HOUR  # no zone is further from London
ENOUGH = 2  # people, to speak of what is usual among them
NO_DATES = "The report tells times without a date: they are taken to be of the session's day."
NO_TIMES = "The report tells no times, so nobody can see here that it is of this session."


class _Unusable(Exception):  # noqa: N818 (a state of things, not a fault)
    """A row cannot be used; the message says why."""


class _Settling:
    """One file and the session it is of."""

    def __init__(self, table: Table, starts_at: datetime, ends_at: datetime) -> None:
        self.table, self.starts_at, self.ends_at = table, starts_at, ends_at
        self.order: Order = order_of(table, starts_at=starts_at, ends_at=ends_at)
        self.errors: list[Problem] = []
        self.notes = list(table.notes)
        self.stays: dict[str, Interval] = {}  # of each person, the first coming and the last going
        first = local_day(starts_at)
        self.days = [first + timedelta(days=days) for days in (-1, 0, 1)]

    def report(self) -> Report:
        """Return the report. Raise Unreadable if it is of another time."""
        seen = []
        for line in self.table.lines:
            try:
                seen.append(self._seen(line))
            except _Unusable as error:
                self.errors.append(Problem(line.row, str(error)))
        self._refuse_other_hours()
        self._say_what_is_missing()
        return Report(self.table.layout, tuple(seen), tuple(self.errors), tuple(self.notes))

    def _seen(self, line: Line) -> Seen:
        name, email = clean_name(line.name), clean_email(line.email)
        if not name and not email:
            raise _Unusable("Nobody is named in this row.")
        stay = _as_long_as_stated(self._stay(line), line)
        intervals: tuple[Interval, ...] = ()
        seconds = line.seconds
        if stay:
            self._remember(email or name.casefold(), stay)
            if line.envelope and seconds is not None and seconds + ROUNDING < _length(stay):
                seconds = min(seconds, self._overlap(stay))
            else:
                intervals, seconds = (stay,), None
        elif seconds is None:
            self.notes.append(Problem(line.row, "How long they stayed is not known."))
        return Seen(line.row, name, email, intervals, seconds, line.role, line.identity)

    def _stay(self, line: Line) -> Interval | None:
        still_there = not any(sign.isdigit() for sign in line.left)  # "In meeting", if anything
        joins, leaves = self._moments(line.joined), self._moments("" if still_there else line.left)
        pairs = [(join, leave) for join in joins for leave in leaves if join <= leave]
        if line.seconds is not None and not (joins and leaves):
            stated = timedelta(seconds=line.seconds)
            pairs = [(join, join + stated) for join in joins]
            pairs += [(leave - stated, leave) for leave in leaves]
        longest = LONGEST if self._is_dated(line) else 12 * HOUR
        pairs = [pair for pair in pairs if _length(pair) <= longest]
        if joins and leaves and not pairs:
            raise _Unusable(f"They leave ({line.left}) before they join ({line.joined}).")
        return min(pairs, key=lambda pair: self._unlikely(pair, line), default=None)

    def _is_dated(self, line: Line) -> bool:
        known = [written(text) for text in (line.joined, line.left) if text]
        return all(moment and moment.parts for moment in known)

    def _moments(self, text: str) -> list[datetime]:
        """Return the moments a cell may mean: several in the hour that comes twice, or undated."""
        if not text:
            return []
        moment = written(text)
        if moment is None or moment.clock is None:
            raise _Unusable(f"“{text[:40]}” is not a time we can read.")
        days = [moment.day(self.order)] if moment.parts else self.days
        found = [at for day in days if day for at in moments(day, moment.clock, moment.offset)]
        if not found and days[0] is None:
            raise _Unusable(f"“{text[:40]}” is not a day there is.")
        if not found:
            raise _Unusable(f"“{text[:40]}” never was: the clocks went forward over it.")
        return found

    def _unlikely(self, stay: Interval, line: Line) -> tuple[float, ...]:
        """Return what puts a reading of a row's times behind another one, the smallest first."""
        inside = self._overlap(stay)
        if self._is_dated(line):  # the hour that comes twice
            off = abs(_length(stay) - line.seconds) if line.seconds is not None else 0
            return off, inside == 0, _length(stay), -inside, stay[0].timestamp()
        away = abs((stay[0] - self.starts_at).total_seconds())
        return -inside, away, _length(stay)

    def _overlap(self, stay: Interval) -> int:
        inside = min(stay[1], self.ends_at) - max(stay[0], self.starts_at)
        return max(0, round(inside.total_seconds()))

    def _remember(self, person: str, stay: Interval) -> None:
        if abs((stay[0] - self.starts_at).total_seconds()) > FAR:
            return  # of another day: a report may tell all times a meeting was held
        known = self.stays.get(person, stay)
        self.stays[person] = min(known[0], stay[0]), max(known[1], stay[1])

    def _say_what_is_missing(self) -> None:
        times = [text for line in self.table.lines for text in (line.joined, line.left) if text]
        if not times and not self.table.days and self.table.lines:
            self.notes.append(Problem(None, NO_TIMES))
        elif times and not any((moment := written(text)) and moment.parts for text in times):
            self.notes.append(Problem(None, NO_DATES))

    def _refuse_other_hours(self) -> None:
        hours = self._hours_off()
        if hours:
            off = f"{abs(hours)} hour{'s' * (abs(hours) > 1)}"
            raise Unreadable(
                f"The times in this report are {off} {'later' if hours > 0 else 'earlier'} than "
                "the session. If it is another meeting's, choose that one. If its account keeps "
                "another time zone, set that to London and export it again. If neither, look at "
                "the session's time."
            )

    def _hours_off(self) -> int:
        """Return by how many whole hours everything misses the session; 0 if it does not."""
        if not self.stays:
            return 0
        stays = list(self.stays.values())
        come = median((stay[0] - self.starts_at).total_seconds() for stay in stays)
        # Many leave early, but not most of those who stay longest.
        goes = sorted((stay[1] - self.ends_at).total_seconds() for stay in stays)
        go = goes[len(goes) * 3 // 4]
        hours = round(come / HOUR)
        shift = timedelta(hours=hours)
        if not any(self._overlap(stay) for stay in stays):
            fits = any(self._overlap((come - shift, go - shift)) for come, go in stays)
            return hours if fits else 0
        usual = max(abs(come - hours * HOUR), abs(go - hours * HOUR))
        return hours if len(stays) >= ENOUGH and usual <= NEAR else 0


def _as_long_as_stated(stay: Interval | None, line: Line) -> Interval | None:
    """Return the stay with the seconds that whole minutes leave out: 45 of them from 7:00 to 7:00
    are no naught."""
    if not stay or not line.envelope or line.seconds is None or any(at.second for at in stay):
        return stay
    missing = line.seconds - _length(stay)
    return (stay[0], stay[1] + timedelta(seconds=missing)) if 0 < missing <= MINUTE else stay


def _length(stay: Interval) -> float:
    return (stay[1] - stay[0]).total_seconds()


def settled(table: Table, *, starts_at: datetime, minutes: int) -> Report:
    """Return what a table says about a session of so many minutes. Raise Unreadable if its dates
    or its hours are another session's."""
    starts_at = starts_at.astimezone(UTC)  # so that minutes are minutes when the clocks change
    return _Settling(table, starts_at, starts_at + timedelta(minutes=minutes)).report()
