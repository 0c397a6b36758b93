"""Attendance reports of meeting tools: read, never written; no database.

Times that name no zone are civil times in Europe/London.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.attendance.reading import bigbluebutton, meet, teams, zoom
from webinars.attendance.reading.decoding import tables_of, text_of
from webinars.attendance.reading.report import Problem, Report, Seen, Unreadable
from webinars.attendance.reading.settling import settled

if TYPE_CHECKING:
    from datetime import datetime

    from webinars.attendance.reading.tables import Table

__all__ = ["Problem", "Report", "Seen", "Unreadable", "read_report"]

# The narrowest first: what one knows by its own words, another might take for its own by form.
READERS = (bigbluebutton.report, zoom.webinar, zoom.meeting, teams.report, meet.report)


def read_report(data: bytes, *, starts_at: datetime, minutes: int) -> Report:
    """Return who the file says was there, for a session from `starts_at` on (aware).

    Raise Unreadable, with a sentence for whoever sent the file, if it is no report we know, of
    another day or hour, or if its dates can be read in two ways.
    """
    report = settled(_table(text_of(data)), starts_at=starts_at, minutes=minutes)
    if report.errors and not report.seen:
        first = report.errors[0]
        raise Unreadable(f"No row of this report can be used. Row {first.row}: {first.reason}")
    if not report.seen:
        raise Unreadable.unknown("This report names nobody.")
    return report


def _table(text: str) -> Table:
    if text.lstrip()[:1] == "{":
        return bigbluebutton.dashboard(text)
    for rows in tables_of(text):
        for reader in READERS:
            if table := reader(rows):
                return table
    raise Unreadable.unknown()
