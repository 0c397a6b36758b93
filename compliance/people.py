"""The people of a unit by name: the posts that oblige them there, and how each person stands.

People are counted, not duties: a person stands as the most urgent of their duties does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from compliance import sql, terms
from compliance.duties import Found, in_order, make, urgency
from members.dates import today
from members.models import Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from compliance.duties import Duty
    from compliance.status import Standing, Status
    from compliance.terms import Terms
    from courses.models import Completion
    from members.models import Member

BY_NAME = "SELECT member_id, term_id, since, valid_to, status FROM duty"


@dataclass(frozen=True)
class Person:
    """Somebody who must be trained because of a post in the unit that is looked at."""

    member: Member
    tenures: Sequence[Tenure]
    duties: Sequence[Duty]  # most urgent first

    @property
    def name(self) -> str:
        return self.member.name_for_others

    @property
    def status(self) -> Status:
        return self.duties[0].status

    @property
    def standing(self) -> Standing:
        return self.status.standing

    @property
    def roles(self) -> str:
        """The person's posts here in words; a branch is named, the unit itself need not be."""
        return ", ".join(dict.fromkeys(_role(tenure) for tenure in self.tenures))

    def holds(self, kind_code: str) -> bool:
        return any(tenure.post_kind.code == kind_code for tenure in self.tenures)

    def serves_in(self, unit_code: str) -> bool:
        return any(tenure.unit.code == unit_code for tenure in self.tenures)


def people_of(
    unit: Unit,
    *,
    on: date | None = None,
    below: bool = True,
    asked: Sequence[Terms] | None = None,
) -> list[Person]:
    """Return the people obliged in this unit (and below), most urgent first, in four queries.

    With the terms in force, if the caller has them, it takes two.
    """
    people = _people(sql.Scope(path=unit.path, exact=not below), on or today(), asked)
    return sorted(people, key=lambda person: (urgency(person.duties[0])[:2], person.name))


def person_of(unit: Unit, member_id: int, *, on: date | None = None) -> Person | None:
    """Return one of the people obliged in this unit or below; None if this is not one."""
    scope = sql.Scope(path=unit.path, member_id=member_id)
    return next(_people(scope, on or today()), None)


def how_met(person: Person, *, on: date | None = None) -> list[tuple[Duty, Completion | None]]:
    """Return each duty with the completion that covers it longest, or did until it ended."""
    done = list(person.member.completions.filter(completed_on__lte=on or today()))
    return [(duty, _proof(duty, done)) for duty in person.duties]


def ids(people: Iterable[Person]) -> list[int]:
    """Return the members' ids, for the audit trail."""
    return [person.member.pk for person in people]


def _people(scope: sql.Scope, on: date, asked: Sequence[Terms] | None = None) -> Iterator[Person]:
    asked = terms.in_force(on=on) if asked is None else asked
    held = _tenures(asked, scope, on)
    if not held:
        return
    duties = defaultdict(list)
    for row in sql.duties(asked, on=on, scope=scope, select=BY_NAME):
        found = Found(*row)
        # A post that began between the two queries is in the next page's list.
        if tenures := held.get(found.member_id):
            duties[found.member_id].append(make(asked[found.term_id], tenures, found, on=on))
    for pk, theirs in duties.items():
        yield Person(held[pk][0].member, held[pk], in_order(theirs))


def _tenures(asked: Sequence[Terms], scope: sql.Scope, on: date) -> dict[int, list[Tenure]]:
    """Return, by member, the posts in the scope that are a reason for a duty, the oldest first."""
    kinds = {kind for term in asked for kind in term.kind_ids}
    here = Q(unit__path=scope.path) if scope.exact else Q(unit__path__startswith=scope.path)
    if scope.member_id is not None:
        here &= Q(member=scope.member_id)
    rows = Tenure.objects.current(on=on).filter(here, post_kind__in=kinds)
    held = defaultdict(list)
    for tenure in rows.select_related("member", "post_kind", "unit").order_by("started_on", "pk"):
        if any(term.oblige(tenure) for term in asked):
            held[tenure.member_id].append(tenure)
    return held


def _role(tenure: Tenure) -> str:
    kind, unit = tenure.post_kind.name, tenure.unit
    return f"{kind} ({unit.name})" if unit.kind == Unit.Kind.BRANCH else kind


def _proof(duty: Duty, done: Iterable[Completion]) -> Completion | None:
    courses = {course.pk for course in duty.courses}
    enough = [one for one in done if one.course_id in courses]
    return max(enough, key=lambda one: one.valid_to or terms.FOR_GOOD, default=None)
