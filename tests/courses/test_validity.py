"""How long a completion counts: civil dates, the last day included."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Completion, CoursePage

pytestmark = pytest.mark.django_db  # on PostgreSQL a page asks for its content type

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2080, 12, 31))
MONTHS = st.integers(min_value=1, max_value=120)


def course(months: int | None, window: int = 90) -> CoursePage:
    return CoursePage(validity_months=months, renewal_window_days=window)


def ending(ends: dt.date, window: int = 90) -> Completion:
    """Return a completion that counts to that day."""
    opens = ends - dt.timedelta(days=window)
    return Completion(valid_to=ends, renews_from=opens, completed_on=opens)


@pytest.mark.parametrize(
    ("completed_on", "months", "valid_to"),
    [
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), 48, dt.date(2028, 2, 29)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 8, 31), 18, dt.date(2028, 2, 29)),
        (dt.date(2026, 10, 31), 1, dt.date(2026, 11, 30)),
        (dt.date(2026, 3, 29), 24, dt.date(2028, 3, 29)),  # the day the clocks change
    ],
)
def test_valid_to__is_the_same_day_later_or_the_end_of_its_month(
    completed_on: dt.date, months: int, valid_to: dt.date
) -> None:
    assert course(months).valid_to(completed_on) == valid_to


def test_valid_to__without_a_period_counts_for_good() -> None:
    assert course(None).valid_to(dt.date(2026, 1, 1)) is None
    assert course(None).valid_to(dt.date(2026, 1, 1), before=ending(dt.date(2026, 2, 1))) is None


@given(DAYS, MONTHS)
def test_valid_to__is_whole_months_later(completed_on: dt.date, months: int) -> None:
    ends = course(months).valid_to(completed_on)
    assert (ends.year - completed_on.year) * 12 + ends.month - completed_on.month == months
    last = calendar.monthrange(ends.year, ends.month)[1]
    assert ends.day == min(completed_on.day, last)


@given(DAYS, MONTHS, st.integers(min_value=0, max_value=365), st.integers(-800, 800))
def test_valid_to__a_renewal_never_takes_days_away(
    completed_on: dt.date, months: int, window: int, offset: int
) -> None:
    renews = completed_on + dt.timedelta(days=offset)
    taught = course(months, window)
    renewed = taught.valid_to(completed_on, before=ending(renews, window))
    assert renewed >= taught.valid_to(completed_on)
    if not 0 <= offset <= window:
        assert renewed == taught.valid_to(completed_on)


@pytest.mark.parametrize(
    ("day", "valid_to"),
    [
        (dt.date(2026, 10, 2), dt.date(2028, 10, 2)),  # the day before the window: from today
        (dt.date(2026, 10, 3), dt.date(2029, 1, 1)),  # the window's first day: from the old end
        (dt.date(2027, 1, 1), dt.date(2029, 1, 1)),  # the last day it counts
        (dt.date(2027, 1, 2), dt.date(2029, 1, 2)),  # over: from today
    ],
)
def test_valid_to__at_the_edges_of_the_window(day: dt.date, valid_to: dt.date) -> None:
    assert course(24, window=90).valid_to(day, before=ending(dt.date(2027, 1, 1))) == valid_to
