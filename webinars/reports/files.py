"""The report as a file: numbers, no names. That it was taken away is written down."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dateformat import format as in_words
from openpyxl import Workbook

from members import audit
from members.spreadsheets import csv_bytes, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from members.models import Member
    from webinars.reports.figures import Figures, Line

    Cell = str | int

HEAD = (
    "Counted by",
    "What",
    "Day",
    "Booked",
    "Attended",
    "In part",
    "Not known how long",
    "Did not come",
)
NUMBERS = ("booked", "attended", "part", "unknown", "absent")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class FiguresFile:
    """The figures of a period; the last row says where they came from."""

    figures: Figures
    made: str

    def rows(self) -> Iterator[Sequence[Cell]]:
        yield HEAD
        for by, lines in (
            ("Session", self.figures.by_session),
            ("Region", self.figures.by_region),
            ("Post", self.figures.by_post),
        ):
            for line in lines:
                yield (by, line.name, _day(line), *(line.numbers[name] for name in NUMBERS))
        yield (self.made,)

    def name(self, kind: str) -> str:
        period = self.figures.period
        return f"webinars-{period.since}-{period.until}.{kind}"

    def content(self, kind: str) -> bytes:
        return csv_bytes(self.rows()) if kind == "csv" else _as_workbook(self.rows())


def hand_out_figures(figures: Figures, *, kind: str, by: Member) -> FiguresFile:
    """Write down that this person takes the figures away, and return them."""
    serial, period = secrets.token_hex(4).upper(), figures.period
    audit.record(
        "webinar.figures_exported",
        by=by,
        format=kind,
        serial=serial,
        since=period.since.isoformat(),
        until=period.until.isoformat(),
    )
    when = in_words(timezone.localtime(), "j F Y, H:i")
    days = f"{in_words(period.since, 'j F Y')} to {in_words(period.until, 'j F Y')}"
    return FiguresFile(figures, f"{days}. Made by {by} on {when}. Serial {serial}.")


def _day(line: Line) -> str:
    return timezone.localdate(line.session.starts_at).isoformat() if line.session else ""


def _as_workbook(rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Webinars")
    for row in rows:
        sheet.append([plain(cell) if isinstance(cell, str) else cell for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
