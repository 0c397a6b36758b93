"""Reading a number as people write it."""

from __future__ import annotations

import re

AS_TYPED = str.maketrans(
    # What word processors make of a hyphen and a space.
    {"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "}
)
NUMBER = re.compile(r"(-?)£?\s?(-?)([0-9., ]+?)\s?%?")
PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
# In thousands: 1,000 and 12 500.75, never 0,125.
GROUPED = re.compile(r"[1-9][0-9]{0,2}((,[0-9]{3})+|( [0-9]{3})+)(\.[0-9]+)?")
DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]+")
LONGEST = 20  # digits; nobody is asked for more


def read_number(text: str) -> str | None:
    """Return the number in plain digits, such as "1000" or "2.5"; None when it is not clear.

    £ and % may stand beside it. A comma parts thousands where it can, otherwise decimals.
    """
    found = NUMBER.fullmatch(text.translate(AS_TYPED).strip())
    if not found or (found[1] and found[2]):
        return None
    digits = _plain(found[3])
    if digits is None or len(digits) > LONGEST:
        return None
    whole, _, rest = digits.partition(".")
    number = (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")
    return ("-" if found[1] or found[2] else "") + number


def _plain(written: str) -> str | None:
    if GROUPED.fullmatch(written):
        return written.replace(",", "").replace(" ", "")
    if DECIMAL_COMMA.fullmatch(written):
        return written.replace(",", ".")
    return written if PLAIN.fullmatch(written) else None
