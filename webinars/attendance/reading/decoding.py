"""From the bytes of a file to its text and its rows."""

from __future__ import annotations

import codecs
import csv
import re
from typing import TYPE_CHECKING

from webinars.attendance.reading.report import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 50_000
MOST_COLUMNS = 500
TOO_MANY = f"The file has more than {MOST_ROWS:,} rows. A report of one session has fewer."

# How files of other things begin.
OTHERS = {
    b"%PDF": "This is a PDF.",
    b"\x89PNG": "This is a picture.",
    b"\xff\xd8\xff": "This is a picture.",
    b"GIF8": "This is a picture.",
    b"\x1f\x8b": "This is a compressed file.",
}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and other zips; XLS
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 (with a byte order mark or not) or Windows-1252.

    Raise Unreadable if it is empty, too large or no text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable.unknown("The file is empty.")
    if len(data) > LARGEST:
        raise Unreadable("The file is larger than 10 MB. A report of one session is much smaller.")
    if data.startswith(WORKBOOKS):
        raise Unreadable.unknown("This is a workbook or an archive. Save it as CSV first.")
    for beginning, what in OTHERS.items():
        if data.startswith(beginning):
            raise Unreadable.unknown(what)
    text = _decoded(data)
    if CONTROLS.search(text):
        raise Unreadable.unknown("This is not a text file.")
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            whole = len(data) - len(data) % 2 if encoding.startswith("utf-16") else None
            return data[:whole].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable.unknown("The letters of this file cannot be read.")


def _encodings(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    start = data[:4000]
    if start.count(0) > len(start) // 4:  # every other byte of plain Latin text is naught
        yield "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    yield "utf-8-sig"
    yield "cp1252"


def tables_of(text: str) -> Iterator[list[list[str]]]:
    """Yield the rows as each separator would part them, the likeliest first.

    Blank rows stay, so that a row's place is its number in a spreadsheet.
    """
    start = text[:4000]
    for separator in sorted("\t,;", key=lambda sign: -start.count(sign)):
        if separator in text:
            yield _rows(text, separator)


def _rows(text: str, separator: str) -> list[list[str]]:
    # Only real line ends part lines: names may hold what str.splitlines would part at.
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for strict in (True, False):
        rows = []
        try:
            for row in csv.reader(lines, delimiter=separator, strict=strict):
                if len(row) > MOST_COLUMNS:
                    raise Unreadable.unknown()
                rows.append([cell.strip() for cell in row])
                if len(rows) > MOST_ROWS:
                    raise Unreadable(TOO_MANY)
        except csv.Error as error:
            if "end of data" in str(error):
                raise Unreadable.unknown("A quotation mark is opened and never closed.") from error
            continue
        return rows
    raise Unreadable.unknown("The rows of this file cannot be told apart.")
