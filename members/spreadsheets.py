"""Cells that a spreadsheet must show and never run."""

from __future__ import annotations

import unicodedata

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
