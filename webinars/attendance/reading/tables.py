"""Rows with headings: which column is which, and what a row says before its times are settled."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from members.spreadsheets import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from webinars.attendance.reading.report import Problem, Role

LONGEST_NAME = 199  # and a quote, if it looks like a formula
BLANKS = frozenset({"", "-", "--", "n/a", "null"})
EMAIL = re.compile(r"[a-z0-9_][^\s@,;\"'<>()]*@[^\s@,;\"'<>()]+\.[^\s@,;\"'<>()]+", re.IGNORECASE)
TRUE = frozenset({"yes", "true", "ja", "oui", "sí", "si", "1"})


@dataclass(frozen=True)
class Line:
    """One row as it is written: times are still text.

    With `envelope` the times are only the first joining and the last leaving, and `seconds` says
    how much of that it was. `identity` is what the tool was told to know the person by.
    """

    row: int
    name: str
    email: str = ""
    joined: str = ""
    left: str = ""
    seconds: int | None = None
    role: Role = "attendee"
    envelope: bool = False
    identity: str = ""


@dataclass(frozen=True)
class Table:
    """What a layout's reader found: the lines, and other moments that tell the file's day."""

    layout: str
    lines: Sequence[Line]
    days: Sequence[str] = ()
    notes: Sequence[Problem] = ()


def heading(cell: str) -> str:
    """Return a heading as it is compared: no capitals, marks, signs or doubled blanks."""
    known = unicodedata.normalize("NFKC", cell).casefold()
    return " ".join(re.sub(r"[^\w\s#]", " ", known).split())


def headings(row: Iterable[str]) -> list[str]:
    """Return the headings of a row."""
    return [heading(cell) for cell in row]


def column(names: Sequence[str], *wanted: str, start: int = 0) -> int | None:
    """Return the place of the first of `wanted` among the headings, from `start` on."""
    for want in wanted:
        if want in names[start:]:
            return names.index(want, start)
    return None


def cell(row: Sequence[str], place: int | None) -> str:
    """Return a cell; blank if the row is too short, or the cell only says that there is none."""
    if place is None or place >= len(row):
        return ""
    found = row[place]
    return "" if found.casefold() in BLANKS else found


def is_blank(row: Iterable[str]) -> bool:
    """Whether a row has nothing in it."""
    return not any(row)


def is_true(text: str) -> bool:
    """Whether a cell says yes."""
    return text.casefold() in TRUE


def clean_name(text: str) -> str:
    """Return a name on one line, without invisible signs, that no spreadsheet would run."""
    if not text.isprintable():
        seen = (" " if sign.isspace() else sign for sign in text)
        text = "".join(
            sign for sign in seen if sign.isprintable() or unicodedata.category(sign) == "Zs"
        )
    return plain(" ".join(text.split())[:LONGEST_NAME])


def clean_email(text: str) -> str:
    """Return an address in small letters, or nothing if it is none."""
    return text.casefold() if len(text) <= 254 and EMAIL.fullmatch(text) else ""
