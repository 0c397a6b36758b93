"""Certificates: a PDF with fonts and styles kept, against WeasyPrint told everything each time."""

from __future__ import annotations

import datetime as dt
from time import perf_counter
from typing import TYPE_CHECKING

from certificates import pdf
from certificates.models import Certificate

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 30
VERIFY = "https://training.example.org/verify/"


def measure() -> dict[str, object]:
    """Return how long one certificate takes, and which share of the naive way that is."""
    pdf.render(_certificate(0), verify_url=VERIFY)  # loads WeasyPrint and the fonts
    kept = _seconds(_kept)
    naive = _seconds(_naive)
    return {
        "name": "certificate",
        "value": round(kept * 1000, 1),
        "unit": "ms",
        "base": f"the same, fonts and styles read anew: {naive * 1000:.0f} ms",
        "ratio": round(kept / naive, 3),
    }


def _seconds(deed: Callable[[int], object]) -> float:
    start = perf_counter()
    for number in range(MANY):
        deed(number)
    return (perf_counter() - start) / MANY


def _kept(number: int) -> bytes:
    return pdf.render(_certificate(number), verify_url=VERIFY)


def _naive(number: int) -> bytes:
    pdf._fonts.cache_clear()
    pdf._stylesheet.cache_clear()
    return _kept(number)


def _certificate(number: int) -> Certificate:
    return Certificate(
        number=f"DC-2026-{number:06}",
        code="CDFGHJKMNP",
        holder_name=f"Siân Ŵyn-Jôb Łukasz {number}",
        course_title="Safeguarding essentials",
        completed_on=dt.date(2026, 10, 13),
        valid_to=dt.date(2028, 10, 12),
        issuer="The Party",
        language="en-gb",
        issued_at=dt.datetime(2026, 10, 13, tzinfo=dt.UTC),
    )
