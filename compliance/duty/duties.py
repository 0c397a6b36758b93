"""Duties: what people must have completed, why, by when, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dateformat import format as written

from compliance.duty import dialect, sql, terms
from compliance.duty.status import Activity, Status
from members.dates import FOR_GOOD, NEVER, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.duty.terms import Terms
    from compliance.models import Decision, Requirement, RequirementVersion
    from courses.models import CoursePage
    from members.models import Member, Tenure

ONE_PERSON = """
SELECT duty.member_id, duty.term_id, duty.since, duty.due_on, duty.valid_to, duty.status,
       EXISTS (
         SELECT 1 FROM courses_enrolment round
         JOIN enough ON enough.course_id = round.course_id
         LEFT JOIN courses_completion done ON done.enrolment_id = round.id
         WHERE round.member_id = duty.member_id AND enough.term_id = duty.term_id
           AND done.id IS NULL
       ),
       EXISTS (
         SELECT 1 FROM courses_evidence claim
         JOIN enough ON enough.course_id = claim.course_id
         LEFT JOIN courses_evidencedecision decided ON decided.evidence_id = claim.id
         WHERE claim.member_id = duty.member_id AND enough.term_id = duty.term_id
           AND decided.id IS NULL
       )
FROM duty
"""
BY_HAND = "Asked of you by name"
AS_MEMBER = "Asked of every member"


@dataclass(frozen=True)
class Reason:
    """Why somebody has a duty: a post they hold, being named by hand, or being a member."""

    what: str
    unit: str = ""
    since: date | None = None

    @property
    def in_short(self) -> str:
        """The reason without its day: CLP chair, Barry."""
        return ", ".join(filter(None, [self.what, self.unit]))

    def __str__(self) -> str:
        since = f"since {written(self.since, 'j F Y')}" if self.since else ""
        return ", ".join(filter(None, [self.in_short, since]))


@dataclass(frozen=True)
class Duty:
    """One person's duty under one requirement. `due_on` is the last day in time.

    While covered, `due_on` is the day by which to renew (None: covered for good). `also` are
    requirements that the same courses would meet: they make one duty for the person.
    """

    requirement: Requirement
    version: RequirementVersion
    courses: Sequence[CoursePage]
    reasons: Sequence[Reason]
    since: date
    due_on: date | None
    covered_until: date | None
    ended_on: date | None
    status: Status
    activity: Activity | None = None
    also: Sequence[Requirement] = ()

    @property
    def is_covered(self) -> bool:
        return self.status in (Status.COVERED, Status.RENEWAL)

    @property
    def is_exempt(self) -> bool:
        return self.status == Status.EXEMPT

    @property
    def words(self) -> str:
        """How it stands, as people say it: Due by 30 November 2026."""
        if self.day is None and self.status == Status.DUE:
            return AFTER_SIGN_IN
        return WORDS[self.status].format(day=_civil(self.day))

    @property
    def day(self) -> date | None:
        """The day that goes with the status: due by, covered until, ended on, or first day late."""
        if self.status == Status.EXPIRED:
            return self.ended_on
        if self.status == Status.OVERDUE and self.due_on:
            return self.due_on + timedelta(days=1)
        return self.due_on


WORDS = {
    Status.COVERED: "Up to date",
    Status.RENEWAL: "Renew by {day}",
    Status.DUE: "Due by {day}",
    Status.DUE_SOON: "Due by {day}",
    Status.OVERDUE: "Overdue since {day}",
    Status.EXPIRED: "Ended on {day}",
    Status.EXEMPT: "Met by other means",
}
AFTER_SIGN_IN = "Due after the first sign-in"


def for_member(
    member: Member, on: date | None = None, *, asked: Sequence[Terms] | None = None
) -> list[Duty]:
    """Return this person's duties on that day, most urgent first.

    Without a day it is today, by the posts that `member` was loaded with; `asked` are the terms in
    force, if the caller has them.
    """
    day = on or today()
    held = list(member.tenures.with_posts(on=day)) if on else member.posts_today
    if not held and not terms.may_concern(member):
        return []
    asked = terms.in_force(on=day) if asked is None else asked
    by_hand = terms.assignments(asked, on=day, member_ids=[member.pk])
    grounds = Grounds(held, by_hand[member.pk], is_member=True)
    if not any(grounds.oblige(term) for term in asked):
        return []
    retaken = any(tenure.is_retaken for tenure in held)
    scope = sql.Scope(member_id=member.pk, everyone=True, retaken=retaken)
    rows = sql.duties(asked, on=day, scope=scope, select=ONE_PERSON)
    return in_order(make(asked[row[1]], grounds, Found(*row), on=day) for row in rows)


class Found(NamedTuple):
    """A row of the query: days as the database writes them."""

    member_id: int
    term_id: int
    since: Any
    due_on: Any
    valid_to: Any
    status: int
    under_way: bool | None = None  # None where who asks must not know
    awaits_approval: bool | None = None

    @property
    def activity(self) -> Activity | None:
        if self.under_way is None:
            return None
        if self.awaits_approval:
            return Activity.AWAITING_APPROVAL
        return Activity.IN_PROGRESS if self.under_way else Activity.NOT_STARTED


@dataclass(frozen=True)
class Grounds:
    """All that may be a reason for duties of one person, as far as who asks may see it."""

    tenures: Sequence[Tenure] = ()
    by_hand: Sequence[Decision] = ()
    is_member: bool = False

    def oblige(self, term: Terms) -> bool:
        """Return whether there is a reason for this duty."""
        return bool(self.reasons(term))

    def reasons(self, term: Terms) -> list[Reason]:
        """Return the reasons for this duty, the oldest first."""
        found = [
            Reason(tenure.post_kind.name, tenure.unit.name, tenure.started_on)
            for tenure in self.tenures
            if term.oblige(tenure)
        ]
        found += [
            Reason(BY_HAND, said.unit.name if said.unit else "", said.from_on)
            for said in self.by_hand
            if said.requirement_id == term.requirement.pk
        ]
        in_turn = sorted(found, key=lambda reason: reason.since or NEVER)
        return in_turn + ([Reason(AS_MEMBER)] if self.is_member and term.is_for_everyone else [])


def make(term: Terms, grounds: Grounds, found: Found, *, on: date) -> Duty:
    """Make a duty of a row of the query and of what it is asked for."""
    due, last = dialect.as_date(found.due_on), dialect.as_date(found.valid_to)
    until = last if last and last >= on else None
    status = Status(found.status)
    return Duty(
        requirement=term.requirement,
        version=term.version,
        courses=term.courses,
        reasons=grounds.reasons(term),
        since=dialect.as_date(found.since),
        due_on=None if due == FOR_GOOD or status == Status.EXEMPT else due,
        covered_until=None if until == FOR_GOOD else until,
        ended_on=last if last and not until else None,
        status=status,
        activity=found.activity,
    )


def merged(duties: Iterable[Duty]) -> list[Duty]:
    """Return one duty for all that the same courses would meet: the most urgent, every reason."""
    together: dict[frozenset[int], list[Duty]] = {}
    for duty in in_order(duties):
        together.setdefault(frozenset(course.pk for course in duty.courses), []).append(duty)
    return [_one_of(group) for group in together.values()]


def _one_of(group: Sequence[Duty]) -> Duty:
    first, *others = group
    every = dict.fromkeys(reason for duty in group for reason in duty.reasons)
    return replace(first, reasons=list(every), also=[duty.requirement for duty in others])


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Return the duties, most urgent first."""
    return sorted(duties, key=urgency)


def urgency(duty: Duty) -> tuple[int, date, str]:
    """Return the key by which duties are sorted: how they stand, then by day."""
    rank = max(duty.status, Status.EXPIRED)  # overdue and ended are one group, in order of days
    return rank, duty.due_on or FOR_GOOD, duty.requirement.title


def _civil(day: date | None) -> str:
    return written(day, "j F Y") if day else ""
