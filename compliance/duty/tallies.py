"""How many people of a unit stand how: whole units and their parts, counted by the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.duty import sql, terms
from compliance.duty.people import AsAt
from compliance.duty.status import Standing, Status
from compliance.reports import posts
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.duty.people import Person
    from compliance.duty.terms import Terms
    from compliance.models import Requirement

COUNTED = """
SELECT place, worst, COUNT(*)
FROM (SELECT place, member_id, MIN(status) AS worst FROM duty GROUP BY member_id, place) person
GROUP BY place, worst
"""


@dataclass
class Tally:
    """People, by how they stand."""

    by_standing: Counter[Standing] = field(default_factory=Counter)
    run_out: int = 0  # of those overdue: who was trained, but it has ended

    def add(self, status: Status, people: int = 1) -> None:
        """Count people whose worst duty stands so."""
        self.by_standing[status.standing] += people
        if status == Status.EXPIRED:
            self.run_out += people

    @property
    def people(self) -> int:
        """The people obliged. Who is exempt is counted beside them."""
        return self.by_standing.total() - self.exempt

    @property
    def exempt(self) -> int:
        return self.by_standing[Standing.EXEMPT]

    @property
    def up_to_date(self) -> int:
        return self.by_standing[Standing.UP_TO_DATE] + self.by_standing[Standing.RENEW]

    @property
    def due(self) -> int:
        return self.by_standing[Standing.DUE]

    @property
    def overdue(self) -> int:
        """Who is overdue, with those whose training has run out."""
        return self.by_standing[Standing.OVERDUE]

    @property
    def percentage(self) -> int:
        """The share up to date, rounded down, so that 100 means everybody."""
        return self.up_to_date * 100 // self.people if self.people else 0

    @property
    def segments(self) -> list[dict[str, str | int]]:
        """The parts as the drawn bar and its table read them."""
        return [
            {"label": part.label, "count": self.by_standing[part], "tone": part.tone}
            for part in Standing
            if part != Standing.EXEMPT
        ]


@dataclass(frozen=True)
class Part:
    """A part of a unit, or the posts of the unit itself, with its people counted."""

    unit: Unit
    tally: Tally
    without_chair: int = 0  # how many CLPs in it have none on record
    is_itself: bool = False

    @property
    def share(self) -> str:
        """The share in words, with the number of people it is of."""
        of = f"{self.tally.up_to_date:,} of {self.tally.people:,}"
        return f"{self.tally.percentage}% ({of})"

    @property
    def chairs(self) -> str:
        """Whether each CLP in it has a chair on record."""
        if not self.without_chair:
            return "Recorded"
        if self.unit.kind == Unit.Kind.CLP:
            return "None recorded"
        return f"None recorded in {self.without_chair:,}"


def tally_of(people: Iterable[Person]) -> Tally:
    """Count people who are known by name already."""
    counted = Tally()
    for person in people:
        counted.add(person.status)
    return counted


def by_requirement(people: Iterable[Person]) -> list[tuple[Requirement, Tally]]:
    """Count, for each requirement, the people it obliges: of what is known by name already."""
    found: dict[Requirement, Tally] = defaultdict(Tally)
    for person in people:
        for duty in person.duties:
            found[duty.requirement].add(duty.status)
    return sorted(found.items(), key=lambda row: (row[0].title, row[0].pk))


def tally(unit: Unit, *, as_at: AsAt | None = None, asked: Sequence[Terms] | None = None) -> Tally:
    """Count each person of this unit and below once, wherever in it they hold posts."""
    return counted(asked, sql.Scope(path=unit.path), as_at)[""]


def parts(
    unit: Unit, *, as_at: AsAt | None = None, asked: Sequence[Terms] | None = None
) -> list[Part]:
    """Count the people of each part of this unit; who holds posts in two parts is in both."""
    at = as_at or AsAt.today()
    scope = sql.Scope(path=unit.path, place_length=len(unit.path) + Unit.steplen)
    tallies = counted(asked, scope, at)
    chairless = Counter(path[: scope.place_length] for path in posts.without_chair(unit, at))
    below = [
        Part(child, tallies[child.path], chairless[child.path])
        for child in unit.get_children().order_by("name")
    ]
    if unit.path in tallies:
        below.insert(0, Part(unit, tallies[unit.path], is_itself=True))
    return below


def counted(
    asked: Sequence[Terms] | None, scope: sql.Scope, as_at: AsAt | None = None
) -> dict[str, Tally]:
    """Count people by place (see Scope): each once in each place where they have a duty."""
    at = as_at or AsAt.today()
    asked = terms.in_force(on=at.on, known_on=at.known_on) if asked is None else asked
    tallies: dict[str, Tally] = defaultdict(Tally)
    rows = sql.duties(asked, on=at.on, known_on=at.known_on, scope=scope, select=COUNTED)
    for place, worst, people in rows:
        tallies[place].add(Status(worst), people)
    return tallies
