"""How much of a recording has been watched. Pure: numbers in, numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = 20  # a recording is noted in twentieths


def as_bits(parts: Iterable[int]) -> int:
    """Return twentieths (0 to 19) as one bit each. Raises ValueError for any other number."""
    bits = 0
    for part in parts:
        if not 0 <= part < PARTS:
            raise ValueError(f"A recording has the parts 0 to {PARTS - 1}, not {part}.")
        bits |= 1 << part
    return bits


def percent(bits: int) -> int:
    """Return how much was played, of 100."""
    return bits.bit_count() * 100 // PARTS
