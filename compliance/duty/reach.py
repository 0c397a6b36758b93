"""Whom a requirement obliges, counted live; also one that nobody has saved yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.duty import sql
from compliance.duty.people import AsAt
from compliance.duty.status import Status
from compliance.duty.tallies import Tally, counted
from members.dates import today
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.duty.terms import Terms

BY_TERM = "SELECT term_id, status, COUNT(*) FROM duty GROUP BY term_id, status"
REGION_DEPTH = 2


@dataclass(frozen=True)
class Reach:
    """The people whom a requirement obliges on a day, in all and by nation or region."""

    on: date
    tally: Tally
    regions: Sequence[tuple[str, Tally]]

    @property
    def is_to_come(self) -> bool:
        return self.on > today()


def reach_of(term: Terms) -> Reach:
    """Count whom this requirement obliges today or, if it starts later, will on its first day."""
    on = max(today(), term.version.effective_from)
    whole = counted([term], sql.Scope(everyone=True), AsAt(on))[""]
    by_region = sql.Scope(place_length=Unit.steplen * REGION_DEPTH, everyone=True)
    tallies = counted([term], by_region, AsAt(on))
    units = Unit.objects.filter(path__in=tallies)
    return Reach(on, whole, [(unit.name, tallies[unit.path]) for unit in units])


def tallies_of(asked: Sequence[Terms]) -> dict[int, Tally]:
    """Return, by the requirement's id, the people each obliges today, in one query."""
    tallies: dict[int, Tally] = defaultdict(Tally)
    for key, status, people in sql.duties(
        asked, on=today(), scope=sql.Scope(everyone=True), select=BY_TERM
    ):
        tallies[asked[key].requirement.pk].add(Status(status), people)
    return tallies
