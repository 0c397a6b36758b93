"""The table of a region's or the party's places as a file: numbers, no names."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from openpyxl import Workbook

from compliance.reports.export import as_bytes, traced
from compliance.reports.region import NOT_SHOWN
from members import audit
from members.spreadsheets import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from compliance.duty.people import AsAt
    from compliance.reports.region import Line
    from members.models import Member, Unit

    Cell = str | int

HEAD = (
    "Place",
    "Code",
    "People",
    "Up to date",
    "Up to date (%)",
    "Still in time",
    "Overdue",
    "Constituency parties with no chair recorded",
    "Constituency parties with no secretary recorded",
    "Roles last changed on record",
    "Compared with the month before",
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Table:
    """Places in the order asked for, and what training they are about, if not about all."""

    unit: Unit
    as_at: AsAt
    lines: Sequence[Line]
    requirement: str = ""


@dataclass(frozen=True)
class TableFile:
    """A table of places; its last row says where it came from."""

    table: Table
    by: Member
    at: datetime
    serial: str

    def rows(self) -> Iterator[Sequence[Cell]]:
        yield HEAD
        for line in self.table.lines:
            yield _row(line)
        yield (self.watermark,)

    @property
    def watermark(self) -> str:
        table, made = self.table, traced(self.by, self.at, self.serial)
        about = f" {table.requirement}." if table.requirement else ""
        return f"{table.unit.name}.{about} {table.as_at.words}. {made}"

    def name(self, kind: str) -> str:
        return f"training-{self.table.unit.code}-places-{self.table.as_at.on}.{kind}"

    def content(self, kind: str) -> bytes:
        return as_bytes(self.rows()) if kind == "csv" else self._workbook()

    def _workbook(self) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Training")
        for row in self.rows():
            sheet.append([plain(cell) if isinstance(cell, str) else cell for cell in row])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def hand_out_table(table: Table, *, kind: str, by: Member) -> TableFile:
    """Write down that this person takes the table away, and return it."""
    serial = secrets.token_hex(4).upper()
    said: dict[str, Any] = {"format": kind, "serial": serial, **table.as_at.days}
    audit.record("compliance.figures_exported", by=by, unit=table.unit, **said)
    return TableFile(table, by, timezone.now(), serial)


def _row(line: Line) -> Sequence[Cell]:
    shown = line.shown
    numbers = (shown.people, shown.up_to_date, shown.percentage, shown.due, shown.overdue)
    share_of_nobody = shown.people == 0
    return (
        line.unit.name,
        line.unit.code,
        *("" if share_of_nobody and one is None else _number(one) for one in numbers),
        line.part.without_chair,
        line.without_secretary,
        timezone.localdate(line.changed_at).isoformat() if line.changed_at else "",
        line.trend,
    )


def _number(count: int | None) -> Cell:
    return NOT_SHOWN if count is None else count
