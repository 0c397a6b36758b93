"""Figures at the ends of months: computed once, for the lines on pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from compliance.duty import sql, tallies, terms
from compliance.duty.people import AsAt
from compliance.models import MonthlyFigure
from members.dates import add_period, today
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from compliance.duty.tallies import Tally
    from compliance.duty.terms import Terms

LEVELS = (Unit.Kind.PARTY, Unit.Kind.REGION, Unit.Kind.CLP)
NUMBERS = ("people", "up_to_date", "due", "overdue", "exempt")
BATCH = 500


class NotOverError(Exception):
    """A month that is not over has no figures to remember."""


def month_end(day: date) -> date:
    """Return the last day of that day's month."""
    return add_period(day.replace(day=1), months=1) - timedelta(days=1)


def month_ends(count: int) -> list[date]:
    """Return the last days of so many months that are over, the oldest first."""
    first = today().replace(day=1)
    return [add_period(first, months=-back) - timedelta(days=1) for back in reversed(range(count))]


@transaction.atomic
def remember_month(on: date) -> int:
    """Compute the figures of the month that ended that day, or anew; return for how many units.

    One grouped query for each of the party, its regions and its CLPs. As known now: what was
    recorded late is in it, once the month is computed anew.
    """
    if on != month_end(on) or on >= today():
        raise NotOverError
    asked, now = terms.in_force(on=on), timezone.now()
    figures = [figure for level in LEVELS for figure in _level(level, asked, on, now)]
    MonthlyFigure.objects.bulk_create(
        figures,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "on"],
        update_fields=[*NUMBERS, "computed_at"],
    )
    return len(figures)


def _level(kind: Unit.Kind, asked: list[Terms], on: date, now: datetime) -> Iterator[MonthlyFigure]:
    units = {unit.path: unit for unit in Unit.objects.filter(kind=kind)}
    # A unit's kind tells how deep it lies: all of a kind have paths of one length.
    for length in {len(path) for path in units}:
        counted = tallies.counted(asked, sql.Scope(place_length=length), AsAt(on))
        for path, unit in units.items():
            if len(path) == length:
                yield MonthlyFigure(unit=unit, on=on, computed_at=now, **_numbers(counted[path]))


def _numbers(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in NUMBERS}
