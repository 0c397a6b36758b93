"""What a change would do before it is made: who stands how under the old terms and the new.

Both are asked in one query, on the same day and of the same records, so nothing else can make a
difference. Counted in a region or in all, a person stands as in the CLP where it is most urgent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from compliance.duty import sql, tallies
from compliance.duty.status import Standing, Status
from compliance.duty.terms import in_force, terms_of
from compliance.models import RequirementVersion
from compliance.requirements.brake import asks_for_number
from courses.editions import Cap, current_number
from members.dates import today
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Any

    from compliance.duty.terms import Terms
    from compliance.models import Requirement
    from courses.models import CoursePage

Move = tuple[Standing | None, Standing | None]  # how somebody stood, and would stand
REGION, CLP = Unit.steplen * 2, Unit.steplen * 3
# Each level is counted for itself: somebody with posts in two CLPs is one person in the region.
MOVED = """
SELECT {level} AS level, part, was, will, COUNT(*)
FROM (SELECT substr(place, 1, {level}) AS part, member_id, {stood} FROM duty
      GROUP BY substr(place, 1, {level}), member_id) person
GROUP BY part, was, will"""
STOOD = (
    "MIN(CASE WHEN term_id < {new} THEN status END) AS was,"
    " MIN(CASE WHEN term_id >= {new} THEN status END) AS will"
)
MOVED_PEOPLE = "SELECT member_id, place, {stood} FROM duty GROUP BY member_id, place"
NOWHERE = "Without a place"


@dataclass
class Change:
    """How many people would stand differently. Who is exempt, before or after, has no duty then."""

    moves: Counter[Move] = field(default_factory=Counter)

    @property
    def obliged_before(self) -> int:
        return self._sum(lambda was, will: was is not None)

    @property
    def obliged_after(self) -> int:
        return self._sum(lambda was, will: will is not None)

    @property
    def newly_due(self) -> int:
        """People who would have a duty that they do not have."""
        return self._sum(lambda was, will: was is None and will is not None)

    @property
    def newly_overdue(self) -> int:
        """People who would be overdue and are not; those newly due are among them."""
        return self._sum(lambda was, will: will == Standing.OVERDUE != was)

    @property
    def relieved(self) -> int:
        """People who would no longer have the duty that they have."""
        return self._sum(lambda was, will: was is not None and will is None)

    @property
    def no_longer_overdue(self) -> int:
        """People who are overdue and, with a duty still, would not be."""
        return self._sum(lambda was, will: was == Standing.OVERDUE != will and will is not None)

    @property
    def unchanged(self) -> int:
        return self.moves.total() - self.touched

    @property
    def touched(self) -> int:
        """People with a duty more or less, or who would be overdue or no longer be."""
        return self._sum(is_touched)

    def _sum(self, counts: Callable[[Standing | None, Standing | None], bool]) -> int:
        return sum(people for (was, will), people in self.moves.items() if counts(was, will))


def is_touched(was: Standing | None, will: Standing | None) -> bool:
    """Return whether this move is one that people notice."""
    return (was is None) != (will is None) or (was == Standing.OVERDUE) != (
        will == Standing.OVERDUE
    )


@dataclass(frozen=True)
class Place:
    """A part of the party and what would change there."""

    name: str
    code: str
    region: str
    change: Change


@dataclass(frozen=True)
class DryRun:
    """What would change on a day: in all, by nation or region, and by CLP."""

    on: date
    whole: Change
    regions: Sequence[Place]
    clps: Sequence[Place]

    @property
    def touched(self) -> int:
        return self.whole.touched

    @property
    def most_touched(self) -> list[Place]:
        """The CLPs that the change touches, the most touched first."""
        touched = [place for place in self.clps if place.change.touched]
        return sorted(touched, key=lambda place: -place.change.touched)

    @cached_property
    def asks_for_number(self) -> bool:
        """Whether so many people are touched that their number is to be typed (the brake)."""
        everybody = sql.Scope(everyone=True)
        return self.touched > 0 and asks_for_number(
            self.touched, tallies.counted(None, everybody)[""].people
        )


@dataclass(frozen=True)
class Proposal:
    """A change that nobody has made yet: what would be asked in place of what is asked."""

    title: str
    before: Sequence[Terms]
    after: Sequence[Terms]
    on: date

    @cached_property
    def run(self) -> DryRun:
        return compare(self.before, self.after, on=self.on)

    @property
    def is_to_come(self) -> bool:
        return self.on > today()

    def moved_people(self) -> list[MovedPerson]:
        """Return who would stand differently, one row for each of their CLPs."""
        stood = STOOD.format(new=len(self.before))
        select = MOVED_PEOPLE.format(stood=stood)
        found = [
            MovedPerson(member, place, standing(was), standing(will))
            for member, place, was, will in _rows(self.before, self.after, select, on=self.on)
        ]
        return [one for one in found if is_touched(one.was, one.will)]


class MovedPerson(NamedTuple):
    """Somebody who would stand differently, and where."""

    member_id: int
    path: str
    was: Standing | None
    will: Standing | None


def compare(before: Sequence[Terms], after: Sequence[Terms], *, on: date) -> DryRun:
    """Compare what these terms make of the same people on that day, in two queries."""
    stood = STOOD.format(new=len(before))
    levels = [MOVED.format(level=level, stood=stood) for level in (0, REGION, CLP)]
    select = "\nUNION ALL\n".join(levels)
    changes: dict[int, dict[str, Change]] = {
        level: defaultdict(Change) for level in (0, REGION, CLP)
    }
    for level, part, was, will, people in _rows(before, after, select, on=on):
        move = standing(was), standing(will)
        if move != (None, None):
            changes[level][part].moves[move] += people
    units = _units({*changes[REGION], *changes[CLP]})
    return DryRun(on, changes[0][""], _places(changes[REGION], units), _places(changes[CLP], units))


def standing(status: int | None) -> Standing | None:
    """Return how somebody with a duty stands; None for nobody's duty and for an exempt person's."""
    found = None if status is None else Status(status).standing
    return None if found == Standing.EXEMPT else found


def _rows(
    before: Sequence[Terms], after: Sequence[Terms], select: str, *, on: date
) -> Iterable[tuple[Any, ...]]:
    everybody = sql.Scope(everyone=True, place_length=CLP)
    return sql.duties([*before, *after], on=on, scope=everybody, select=select)


def _units(paths: set[str]) -> dict[str, Unit]:
    wanted = paths | {path[:REGION] for path in paths}
    return {unit.path: unit for unit in Unit.objects.filter(path__in=wanted)}


def _places(changes: dict[str, Change], units: dict[str, Unit]) -> list[Place]:
    places = [
        Place(
            units[path].name if path in units else NOWHERE,
            units[path].code if path in units else "",
            units[path[:REGION]].name if path[:REGION] in units else "",
            change,
        )
        for path, change in changes.items()
    ]
    return sorted(places, key=lambda place: (place.region, place.name))


def of_version(new: Terms, *, title: str) -> Proposal:
    """Propose a version that nobody has saved yet, from the day it takes effect."""
    on = max(today(), new.version.effective_from)
    return Proposal(title, _saved(new.requirement, on), [new], on)


def of_archiving(requirement: Requirement) -> Proposal:
    """Propose that nobody has to do it any more, from today."""
    return Proposal(requirement.title, _saved(requirement, today()), [], today())


def of_edition(course: CoursePage, *, last_day_of_old: date) -> Proposal:
    """Propose a major edition of a course: the first day on which older completions do not count.

    For every requirement in force that day that names the course; nobody is taken to do it again.
    """
    on = max(today(), last_day_of_old + timedelta(days=1))
    asked = [term for term in in_force(on=on) if course.pk in {one.pk for one in term.courses}]
    cap = Cap(course.pk, current_number(course) + 1, last_day_of_old, min(last_day_of_old, today()))
    after = [replace(term, caps=[*term.caps, cap]) for term in asked]
    return Proposal(course.title, asked, after, on)


def _saved(requirement: Requirement, on: date) -> list[Terms]:
    return terms_of(RequirementVersion.objects.filter(requirement=requirement.pk), on=on)
