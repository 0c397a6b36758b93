"""Whether certificates can be made on this machine."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from certificates import pdf

if TYPE_CHECKING:
    from typing import Any

# The library's file name on Linux, macOS and Windows.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
WHAT_TO_INSTALL = (
    "Install Pango. On Debian and Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "Everything but the PDF of certificates and papers works without it."
)


@register()
def pdf_can_be_made(**kwargs: Any) -> list[CheckWarning]:
    """Warn when the system library that draws PDF is missing."""
    # Loading WeasyPrint takes half a second, so it is asked only when Pango was not found.
    if _has_pango() or pdf.is_available():
        return []
    return [
        CheckWarning(
            "Certificates and papers cannot be made as PDF: the system library Pango is missing.",
            hint=WHAT_TO_INSTALL,
            id="certificates.W001",
        )
    ]


def _has_pango() -> bool:
    return any(_loads(name) for name in PANGO)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
