"""The session all samples are of, and how tests read them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from webinars.attendance.presence import Person, grouped
from webinars.attendance.reading import Report, read_report

FILES = Path(__file__).parent / "files"
LONDON = ZoneInfo("Europe/London")
STARTS = dt.datetime(2026, 10, 13, 19, tzinfo=LONDON)
MINUTES = 90
ENDS = STARTS + dt.timedelta(minutes=MINUTES)
HEADINGS = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def sample(name: str) -> bytes:
    return (FILES / name).read_bytes()


def read(data: bytes | str, starts_at: dt.datetime = STARTS, minutes: int = MINUTES) -> Report:
    given = data.encode() if isinstance(data, str) else data
    return read_report(given, starts_at=starts_at, minutes=minutes)


def zoom(*rows: str) -> str:
    """A participants report with these rows below its headings."""
    return "\n".join([HEADINGS, *rows]) + "\n"


def people(report: Report) -> dict[str, Person]:
    return {person.name: person for person in grouped(report.seen)}


def seconds(report: Report, starts_at: dt.datetime = STARTS, minutes: int = MINUTES) -> dict:
    """How long each attendee was there during the session."""
    ends_at = starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    return {
        person.name: person.present(starts_at=starts_at, ends_at=ends_at)
        for person in grouped(report.seen)
        if person.role == "attendee"
    }


def minutes_of(
    report: Report, starts_at: dt.datetime = STARTS, minutes: int = MINUTES
) -> dict[str, int | None]:
    """The same in minutes, for the rounder samples."""
    found = seconds(report, starts_at, minutes)
    return {name: None if n is None else n // 60 for name, n in found.items()}
