"""Cells that a spreadsheet must show and never run."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# What starts a formula in Excel, LibreOffice or Google Sheets, or hides one (OWASP ASVS V1.2.10).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%")


def plain(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula.

    Full-width signs count as what they look like, and blanks in front hide nothing.
    """
    seen = unicodedata.normalize("NFKC", cell)
    if cell.startswith(DANGEROUS) or seen.lstrip().startswith(DANGEROUS):
        return f"'{cell}"
    return cell


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV that spreadsheets read with its accents, and take for no formula."""
    text = io.StringIO()
    safe = ([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(text).writerows(safe)
    return text.getvalue().encode("utf-8-sig")


class PlainCsv:
    """For views of the administration that hand out what they list: no cell is a formula.

    Wagtail sees to that in XLSX only. Stands before Wagtail's view.
    """

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return plain(cell) if export_format == "csv" and isinstance(cell, str) else cell
