"""Quarters: which days they hold, what they are called, which one can be signed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compliance.reports.quarters import Quarter

if TYPE_CHECKING:
    from time_machine import Traveller

SUMMER = Quarter(2026, 3)


def test_quarters() -> None:
    assert [Quarter.of(dt.date(2026, month, 1)).code for month in (1, 3, 4, 9, 12)] == [
        "2026-1",
        "2026-1",
        "2026-2",
        "2026-3",
        "2026-4",
    ]
    assert (SUMMER.first, SUMMER.last) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert SUMMER.words == "July to September 2026"


def test_which_quarter_can_be_signed(november: Traveller) -> None:
    assert Quarter.last_over() == SUMMER
    assert Quarter.named("2026-4").is_running
    assert [Quarter.named(code) for code in ("2027-1", "2026-5", "26-1", "2026-3\n", "٢٠٢٦-1")] == [
        None
    ] * 5
    november.move_to(dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC))
    assert Quarter.last_over() == SUMMER
    november.move_to(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert Quarter.last_over() == Quarter(2026, 4)
