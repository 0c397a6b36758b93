"""What a proof of training elsewhere may say of its days: pure rules, one place for all doors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIEST = date(2000, 1, 1)
IN_THE_FUTURE = "This day has not come yet. Give the day on which the training was finished."
TOO_OLD = "This is before the year 2000. Check the year."
ENDS_BEFORE = "The last valid day is before the day the training was finished. Check both."


def wrong_days(completed_on: date | None, ends_on: date | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong: which of the two days ("completed" or "ends"), and why."""
    if completed_on is None:
        return
    if completed_on > today():
        yield "completed", IN_THE_FUTURE
    if completed_on < EARLIEST:
        yield "completed", TOO_OLD
    if ends_on and ends_on < completed_on:
        yield "ends", ENDS_BEFORE
