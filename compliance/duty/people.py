"""The people of a unit by name: the posts that oblige them there, and how each person stands.

People are counted, not duties: a person stands as the most urgent of their duties does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.dateformat import format as written

from compliance.duty import sql, terms
from compliance.duty.duties import Found, Grounds, in_order, make, urgency
from compliance.models import Decision
from members.dates import today
from members.knowledge import tenures_known
from members.models import Member, Tenure, TenureHistory, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.duty.status import Standing, Status
    from compliance.duty.terms import Terms

BY_NAME = "SELECT member_id, term_id, since, due_on, valid_to, status FROM duty"
NAMED = "Asked by name"
BATCH = 1000


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
        """How the person stands: as the worst of their duties, which need not end first."""
        return min(duty.status for duty in self.duties)

    @property
    def standing(self) -> Standing:
        return self.status.standing

    @property
    def roles(self) -> str:
        """The person's posts here in words; a branch is named, the unit itself need not be."""
        return ", ".join(dict.fromkeys(_role(tenure) for tenure in self.tenures)) or NAMED

    def holds(self, kind_code: str) -> bool:
        return any(tenure.post_kind.code == kind_code for tenure in self.tenures)

    def serves_in(self, unit_code: str) -> bool:
        return any(tenure.unit.code == unit_code for tenure in self.tenures)


@dataclass(frozen=True)
class AsAt:
    """The day a report is about and, if asked, the day of knowledge. Neither: today."""

    on: date
    known_on: date | None = None

    @classmethod
    def today(cls) -> AsAt:
        return cls(today())

    @property
    def is_today(self) -> bool:
        return self == AsAt.today()

    @property
    def fields(self) -> dict[str, str]:
        """The days as an address or a form carries them; today's reports have plain addresses."""
        return {} if self.is_today else self.days

    @property
    def days(self) -> dict[str, str]:
        """Both days, for a record that must say them later; as known now has only the one."""
        known = {"known": self.known_on.isoformat()} if self.known_on else {}
        return {"on": self.on.isoformat(), **known}

    @property
    def query(self) -> str:
        """What to put behind an address so that the next page is about the same days."""
        return f"?{urlencode(self.fields)}" if self.fields else ""

    @property
    def words(self) -> str:
        """Both days in words that stay true: as known now is as known today."""
        on, known = _civil(self.on), _civil(self.known_on or today())
        return f"As at {on}" if self.is_today else f"As at {on}, as known on {known}"


def people_of(
    unit: Unit,
    *,
    as_at: AsAt | None = None,
    below: bool = True,
    asked: Sequence[Terms] | None = None,
) -> list[Person]:
    """Return the people obliged in this unit (and below), most urgent first, in five queries.

    With the terms in force, if the caller has them, it takes two.
    """
    scope = sql.Scope(path=unit.path, exact=not below)
    people = _people(scope, as_at or AsAt.today(), asked)
    return sorted(people, key=lambda person: (urgency(person.duties[0])[:2], person.name))


def person_of(unit: Unit, member_id: int, *, as_at: AsAt | None = None) -> Person | None:
    """Return one of the people obliged in this unit or below; None if this is not one."""
    scope = sql.Scope(path=unit.path, member_id=member_id)
    return next(_people(scope, as_at or AsAt.today()), None)


def in_turn(
    unit: Unit, *, as_at: AsAt, asked: Sequence[Terms], everyone: bool = False
) -> Iterator[Person]:
    """Return everybody obliged in this unit and below, in no order of urgency, memory kept flat.

    `everyone` adds members without a post and, for the whole party, people named without a unit.
    Each person is read at one moment, the next thousand people at another.
    """
    path = "" if everyone and unit.is_root() else unit.path
    members = Member.objects.order_by("pk")
    if not everyone:
        here = {"unit__path__startswith": path}
        known = (Tenure, TenureHistory, Decision)
        ids_of = [model.objects.filter(**here).values("member") for model in known]
        members = members.filter(reduce(or_, (Q(pk__in=found) for found in ids_of)))
    for some in _batched(members.iterator(chunk_size=BATCH)):
        scope = sql.Scope(path=path, member_ids=list(some), everyone=everyone)
        yield from _people(scope, as_at, asked, some)


def ids(people: Iterable[Person]) -> list[int]:
    """Return the members' ids, for the audit trail."""
    return [person.member.pk for person in people]


def _people(
    scope: sql.Scope,
    as_at: AsAt,
    asked: Sequence[Terms] | None = None,
    members: Mapping[int, Member] | None = None,
) -> Iterator[Person]:
    """Return who has a duty in the scope; of these members, if they are loaded already."""
    on, known_on = as_at.on, as_at.known_on
    asked = terms.in_force(on=on, known_on=known_on) if asked is None else asked
    held, named = _tenures(asked, scope, as_at), _named(asked, scope, as_at)
    grounds = {
        pk: Grounds(held.get(pk, ()), named.get(pk, ()), is_member=scope.everyone)
        for pk in members or [*held, *(named.keys() - held)]
    }
    if not grounds:
        return
    # What was known on another day of posts held before, only the query finds out.
    retaken = known_on is not None or any(one.is_retaken for some in held.values() for one in some)
    asked_of = replace(scope, retaken=retaken)
    duties = defaultdict(list)
    for row in sql.duties(asked, on=on, known_on=known_on, scope=asked_of, select=BY_NAME):
        found = Found(*row)
        # A post that began between the two queries is in the next page's list.
        if theirs := grounds.get(found.member_id):
            duties[found.member_id].append(make(asked[found.term_id], theirs, found, on=on))
    for pk, due in duties.items():
        theirs = grounds[pk]
        member = members[pk] if members else (theirs.tenures or theirs.by_hand)[0].member
        yield Person(member, theirs.tenures, in_order(due))


def _batched(members: Iterator[Member]) -> Iterator[dict[int, Member]]:
    while some := {member.pk: member for member in islice(members, BATCH)}:
        yield some


def _tenures(asked: Sequence[Terms], scope: sql.Scope, as_at: AsAt) -> dict[int, list[Tenure]]:
    """Return, by member, the posts in the scope that are a reason for a duty, the oldest first."""
    kinds = {kind for term in asked for kind in term.kind_ids}
    # By the units' keys, so that SQLite too begins with the unit and not with all of a kind.
    last = scope.path if scope.exact else scope.path + Unit.alphabet[-1] * Unit.steplen
    here = Q(unit__in=Unit.objects.filter(path__range=(scope.path, last)).values("pk"))
    if (only := _only(scope)) is not None:
        here &= Q(member__in=only)
    held = defaultdict(list)
    for tenure in tenures_known(as_at.known_on, on=as_at.on, where=here & Q(post_kind__in=kinds)):
        if any(term.oblige(tenure) for term in asked):
            held[tenure.member_id].append(tenure)
    return held


def _named(asked: Sequence[Terms], scope: sql.Scope, as_at: AsAt) -> dict[int, list[Decision]]:
    found = terms.assignments(
        asked,
        on=as_at.on,
        known_on=as_at.known_on,
        member_ids=_only(scope),
        path=scope.path or None,
    )
    if not scope.exact:
        return found
    here = {
        pk: [one for one in rows if one.unit and one.unit.path == scope.path]
        for pk, rows in found.items()
    }
    return {pk: rows for pk, rows in here.items() if rows}


def _only(scope: sql.Scope) -> Sequence[int] | None:
    """Return the members the scope is about; None: all of them."""
    return scope.member_ids if scope.member_id is None else [scope.member_id]


def _civil(day: date) -> str:
    return written(day, "j F Y")


def _role(tenure: Tenure) -> str:
    kind, unit = tenure.post_kind.name, tenure.unit
    return f"{kind} ({unit.name})" if unit.kind == Unit.Kind.BRANCH else kind
