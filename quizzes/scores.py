"""Scores: whole hundredths of a point, so that part marks never need rounding up.

A question is worth 100 for each of its points. An answer's mark is the per cent of it that was
right, rounded down.
"""

from __future__ import annotations

from decimal import Decimal

POINT = 100
FULL = 100  # the mark of an answer that is wholly right, in per cent


def earned(*, mark: int, worth: int) -> int:
    """Return what an answer adds to the score."""
    return mark * worth // FULL


def shares(worth: int, parts: int) -> list[int]:
    """Split a question's worth among its parts as evenly as whole numbers can."""
    each, over = divmod(worth, parts)
    return [each + (place < over) for place in range(parts)]


def shown(score: int) -> str:
    """Return a score in points for people to read: 650 is "6.5"."""
    return f"{(Decimal(score) / POINT).normalize():f}"
