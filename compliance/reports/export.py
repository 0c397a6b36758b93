"""The shapes in which names leave the site as CSV: with no address, number or score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateformat import format as written

from members.spreadsheets import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from compliance.duty.people import AsAt, Person
    from members.models import Member, Unit

HEAD = ("Name", "Role", "Requirement", "Status", "Date")


@dataclass(frozen=True)
class ExportFile:
    """A unit's people as a file; its last row says where it came from."""

    unit: Unit
    people: Sequence[Person]
    as_at: AsAt
    by: Member
    at: datetime
    serial: str

    @cached_property
    def content(self) -> bytes:
        return as_bytes(self.rows())

    @property
    def name(self) -> str:
        return f"training-{self.unit.code}-{timezone.localdate(self.at)}.csv"

    def rows(self) -> Iterator[Sequence[str]]:
        yield HEAD
        for person in self.people:
            for duty in person.duties:
                day = duty.day.isoformat() if duty.day else ""
                yield person.name, person.roles, duty.requirement.title, duty.words, day
        yield (self.watermark,)

    @property
    def watermark(self) -> str:
        days = "" if self.as_at.is_today else f" {self.as_at.words}."
        return f"{self.unit.name}.{days} {traced(self.by, self.at, self.serial)}"


def traced(by: Member, at: datetime, serial: str) -> str:
    """Return what the last row of every file with names says: where it came from."""
    moment = written(timezone.localtime(at), "j F Y, H:i")
    return (
        f"Exported by {by.get_full_name()} on {moment}. Serial {serial}. "
        "Keep it safe and delete it when you have used it."
    )


def as_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV that spreadsheets read with its accents, and take for no formula."""
    return csv_bytes(map(str, row) for row in rows)


class File(Protocol):
    """A file to keep."""

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def as_csv(file: File) -> HttpResponse:
    response = HttpResponse(file.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
