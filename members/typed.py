"""What people type to show that they mean it."""

from __future__ import annotations


def is_number(typed: str, number: int) -> bool:
    """Return whether somebody typed this number, in any way people write it: 25,000 or 25 000."""
    return "".join(typed.replace(",", "").split()) == str(number)
