"""A unit's figures as they go into a signed return: numbers of people, no names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance.duty import tallies, terms
from compliance.duty.people import people_of
from compliance.duty.status import Standing
from compliance.duty.tallies import Tally
from compliance.reports import posts

if TYPE_CHECKING:
    from compliance.duty.people import AsAt
    from members.models import Unit

RUN_OUT = "run-out"


def figures_of(unit: Unit, as_at: AsAt) -> dict[str, Any]:
    """Return a unit's figures on a day: in all, by requirement and by part; and what is vacant."""
    asked = terms.in_force(on=as_at.on, known_on=as_at.known_on)
    people = people_of(unit, as_at=as_at, asked=asked)
    return {
        "unit": unit.name,
        "as_at": as_at.on.isoformat(),
        "people": written(tallies.tally_of(people)),
        "requirements": [
            {"name": requirement.title, **written(tally)}
            for requirement, tally in tallies.by_requirement(people)
        ],
        "parts": [
            {"name": part.unit.name, **written(part.tally)}
            for part in tallies.parts(unit, as_at=as_at, asked=asked)
        ],
        "vacant": [kind.name for kind in posts.vacant(unit, as_at)],
    }


def written(tally: Tally) -> dict[str, int]:
    """Write a tally down; `read` reads it again."""
    standings = {standing.value: tally.by_standing[standing] for standing in Standing}
    return {**standings, RUN_OUT: tally.run_out}


def read(numbers: dict[str, Any]) -> Tally:
    """Return the tally that was written down."""
    by_standing = Counter({standing: int(numbers[standing.value]) for standing in Standing})
    return Tally(by_standing, run_out=int(numbers[RUN_OUT]))


@dataclass(frozen=True)
class Figures:
    """Figures, frozen or today's, as pages show them."""

    numbers: dict[str, Any]

    @property
    def tally(self) -> Tally:
        return read(self.numbers["people"])

    @property
    def requirements(self) -> list[tuple[str, Tally]]:
        return [(row["name"], read(row)) for row in self.numbers["requirements"]]

    @property
    def parts(self) -> list[tuple[str, Tally]]:
        return [(row["name"], read(row)) for row in self.numbers["parts"]]

    @property
    def vacant(self) -> list[str]:
        return list(self.numbers["vacant"])
