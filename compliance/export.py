"""The one shape in which names leave the site: a CSV file with no address, number or score."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateformat import format as written

from members.spreadsheets import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from compliance.people import Person
    from members.models import Member, Unit

HEAD = ("Name", "Role", "Requirement", "Status", "Date")


@dataclass(frozen=True)
class ExportFile:
    """A unit's people as a file; its last row says where it came from."""

    unit: Unit
    people: Sequence[Person]
    by: Member
    at: datetime
    serial: str

    @cached_property
    def content(self) -> bytes:
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerows([plain(cell) for cell in row] for row in self.rows())
        return text.getvalue().encode("utf-8-sig")  # so that spreadsheets read the accents

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

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
        at = written(timezone.localtime(self.at), "j F Y, H:i")
        return (
            f"{self.unit.name}. Exported by {self.by.get_full_name()} on {at}. "
            f"Serial {self.serial}. Keep it safe and delete it when you have used it."
        )


def as_csv(file: ExportFile) -> HttpResponse:
    response = HttpResponse(file.content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
