"""Marking, in whole numbers. Nothing here reads or writes the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def mark(*, right: Collection[str], chosen: Collection[str]) -> int:
    """Return 1 when exactly the right options were chosen, otherwise 0."""
    return int(bool(chosen) and set(chosen) == set(right))


def passes(*, score: int, max_score: int, pass_mark: int) -> bool:
    """Return whether the score reaches the pass mark (per cent), without any rounding."""
    return 100 * score >= pass_mark * max_score


def needed(*, max_score: int, pass_mark: int) -> int:
    """Return the smallest score that passes."""
    return -(-pass_mark * max_score // 100)
