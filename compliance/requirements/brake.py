"""The brake: a change that touches many people asks for their number to be typed.

Measured against the people who have a duty today, whom the reports are about: five in a hundred of
the whole party would be a third of those in post. A change for fewer than twenty people never
asks: in a small organisation every change is a large share. A mistake is then small and seen.
"""

from __future__ import annotations

SHARE = 5  # in a hundred
FEWEST = 20


def asks_for_number(touched: int, people: int) -> bool:
    """Return whether so many people touched, of the people who have duties, asks for the number."""
    return touched >= FEWEST and touched * 100 > people * SHARE


def wrong_number(touched: int) -> str:
    """Say that what was typed is not the number, and that nothing happened."""
    return f"This is not the number. Nothing is saved yet. To go on, type {touched:,}."
