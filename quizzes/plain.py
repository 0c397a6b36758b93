"""What people type, without what a phone makes of it: curly quotes, long dashes, three dots."""

from __future__ import annotations

import unicodedata

AROUND = " .,;:!?\"'"
AS_TYPED = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)


def plain(text: str, *, exactly: bool = False) -> str:
    """Return a short answer as it is compared: one way to write quotes, dashes and letters with
    accents, no signs around it, single spaces; capitals only where they matter (`exactly`)."""
    text = unicodedata.normalize("NFKC", text.translate(AS_TYPED)).translate(AS_TYPED)
    text = " ".join(text.split())
    text = text.strip(AROUND) or text
    return text if exactly else unicodedata.normalize("NFC", text.casefold())
