"""Reading a table out of the bytes of a file, whatever they are: CSV as people make it, or XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import NamedTuple

from openpyxl import load_workbook

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 30
MOST_UNPACKED = 60 * 1024 * 1024
COLUMNS = ("email", "membership_number", "course", "completed_on", "valid_to", "provider")
OTHER_NAMES = {"e_mail": "email", "e_mail_address": "email", "email_address": "email"}
PEOPLE = COLUMNS[:2]
NEEDED = COLUMNS[2:4]
DELIMITERS = ",;\t"

TOO_BIG = "The file is larger than 5 MB. Split it and import the parts one after the other."
TOO_LONG = f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts."
EMPTY = "The file has no rows. Choose a file with a first row of column names and rows below it."
UNREADABLE = (
    "This file could not be read as a table. Save it as CSV (UTF-8) in your spreadsheet program "
    "and choose that file."
)
TWICE = "The column “{}” is there twice. Leave one of them out."
NO_PERSON = "There is no column “email” or “membership_number”. Name one of them in the first row."
NO_COLUMN = "There is no column “{}”. Name it in the first row."


class BadFileError(Exception):
    """The file as a whole cannot be used; the message says why and what to do."""


class Table(NamedTuple):
    """The known columns of a file, and its rows: (number in the file, one cell for each)."""

    head: list[str]
    rows: list[list[str]]  # the first cell is the number of the row

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """Return each row's number and its cells by name; what the file lacks is empty."""
        blank = dict.fromkeys(COLUMNS, "")
        return [
            (int(number), blank | dict(zip(self.head, cells, strict=True)))
            for number, *cells in self.rows
        ]


def read_table(content: bytes) -> Table:
    """Return the table in these bytes. Unknown columns and empty rows are left out."""
    rows = read_rows(content)
    return _table([(number, row) for number, row in enumerate(rows, start=1) if any(row)])


def read_rows(content: bytes) -> list[list[str]]:
    """Return every row in these bytes, whatever its columns are called."""
    if len(content) > MOST_BYTES:
        raise BadFileError(TOO_BIG)
    rows = _workbook(content) if content.startswith(b"PK") else _text(_decoded(content))
    if len(rows) > MOST_ROWS + 1:
        raise BadFileError(TOO_LONG)
    return rows


def _table(rows: list[tuple[int, list[str]]]) -> Table:
    if not rows:
        raise BadFileError(EMPTY)
    names = [_column(cell) for cell in rows[0][1]]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    _check_head(names)
    cells = [
        [str(number), *(row[place] if place < len(row) else "" for place in places.values())]
        for number, row in rows[1:]
    ]
    if not cells:
        raise BadFileError(EMPTY)
    return Table(list(places), cells)


def _check_head(names: list[str]) -> None:
    for name in COLUMNS:
        if names.count(name) > 1:
            raise BadFileError(TWICE.format(name))
    if not set(names) & set(PEOPLE):
        raise BadFileError(NO_PERSON)
    for name in NEEDED:
        if name not in names:
            raise BadFileError(NO_COLUMN.format(name))


def _column(cell: str) -> str:
    """Return a column's name as we write it: “Completed on” is completed_on."""
    name = "_".join(cell.lower().replace("-", " ").replace("_", " ").split())
    return OTHER_NAMES.get(name, name)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "windows-1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # no text has it, and databases refuse it
            return text
    raise BadFileError(UNREADABLE)


def _text(text: str) -> list[list[str]]:
    first = next(filter(str.strip, text.splitlines()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in reader]
    except csv.Error as error:
        raise BadFileError(UNREADABLE) from error


def _workbook(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet; formulas as the values they had when it was saved."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadFileError(TOO_BIG)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    except BadFileError:
        raise
    except Exception as error:  # a damaged workbook fails in any way there is
        raise BadFileError(UNREADABLE) from error


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace("\0", "").strip()
