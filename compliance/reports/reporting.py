"""A unit's figures as data: everybody obliged, row by row, and what the rows add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.duty import terms
from compliance.duty.duties import BY_HAND
from compliance.duty.people import NAMED, in_turn
from compliance.duty.status import Standing, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.duty.people import AsAt, Person
    from members.models import Unit

    Row = dict[str, str | int | None]

COLUMNS = (
    "member",
    "name",
    "membership_number",
    "role",
    "unit",
    "requirement",
    "status",
    "since",
    "due_on",
    "covered_until",
)


@dataclass
class Report:
    """Reads a unit once. The totals are complete when the last row has been taken."""

    unit: Unit
    as_at: AsAt
    everyone: bool = False
    people: Counter[Status] = field(default_factory=Counter)
    duties: dict[int, Counter[Status]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        self.asked = terms.in_force(on=self.as_at.on, known_on=self.as_at.known_on)

    def rows(self) -> Iterator[Row]:
        """Return one row for each duty of each person, however many there are."""
        read = in_turn(self.unit, as_at=self.as_at, asked=self.asked, everyone=self.everyone)
        for person in read:
            self.people[person.status] += 1
            for duty in person.duties:
                self.duties[duty.requirement.pk][duty.status] += 1
                yield _row(person, duty)

    def totals(self) -> dict[str, object]:
        """Return how many duties stand how, by requirement, and how many people."""
        required = [
            {
                "id": term.requirement.pk,
                "title": term.requirement.title,
                **_counted(self.duties[term.requirement.pk]),
            }
            for term in self.asked
        ]
        return {"requirements": required, "people": _counted(self.people)}


def _counted(found: Counter[Status]) -> dict[str, object]:
    up_to_date = (Standing.UP_TO_DATE, Standing.RENEW)
    return {
        "totals": {status.name.lower(): found[status] for status in Status},
        "obliged": found.total() - found[Status.EXEMPT],
        "up_to_date": sum(found[status] for status in Status if status.standing in up_to_date),
    }


def _row(person: Person, duty: Duty) -> Row:
    # Each reason once: somebody who left a post and took it up again has it twice on record.
    reasons = dict.fromkeys((reason.what, reason.unit) for reason in duty.reasons)
    return {
        "member": person.member.pk,
        "name": person.name,
        "membership_number": person.member.membership_number or "",
        "role": "; ".join(NAMED if what == BY_HAND else what for what, _ in reasons),
        "unit": "; ".join(unit for _, unit in reasons if unit),
        "requirement": duty.requirement.title,
        "status": duty.status.name.lower(),
        "since": duty.since.isoformat(),
        "due_on": _day(duty.due_on),
        "covered_until": _day(duty.covered_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
