"""Duties: what people must have completed, why, by when, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dateformat import format as written

from compliance import sql, terms
from compliance.status import Activity, Status
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.models import Requirement
    from compliance.terms import Terms
    from courses.models import CoursePage
    from members.models import Member, Tenure

ONE_PERSON = """
SELECT duty.member_id, duty.term_id, duty.since, duty.valid_to, duty.status,
       EXISTS (
         SELECT 1 FROM courses_enrolment round
         JOIN enough ON enough.course_id = round.course_id
         LEFT JOIN courses_completion done ON done.enrolment_id = round.id
         WHERE round.member_id = duty.member_id AND enough.term_id = duty.term_id
           AND done.id IS NULL
       )
FROM duty
"""


@dataclass(frozen=True)
class Reason:
    """Why somebody has a duty: a post they hold."""

    post_kind: str
    unit: str
    since: date

    def __str__(self) -> str:
        return f"{self.post_kind}, {self.unit}, since {written(self.since, 'j F Y')}"


@dataclass(frozen=True)
class Duty:
    """One person's duty under one requirement. `due_on` is the last day in time.

    While covered, `due_on` is the day by which to renew (None: covered for good).
    """

    requirement: Requirement
    courses: Sequence[CoursePage]
    reasons: Sequence[Reason]
    due_on: date | None
    covered_until: date | None
    ended_on: date | None
    status: Status
    activity: Activity | None = None

    @property
    def is_covered(self) -> bool:
        return self.status in (Status.COVERED, Status.RENEWAL)

    @property
    def words(self) -> str:
        """How it stands, as people say it: Due by 30 November 2026."""
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
}

ACTIVITIES = {False: Activity.NOT_STARTED, True: Activity.IN_PROGRESS}


def for_member(
    member: Member, on: date | None = None, *, asked: Sequence[Terms] | None = None
) -> list[Duty]:
    """Return this person's duties on that day, most urgent first.

    Without a day it is today, by the posts that `member` was loaded with; `asked` are the terms in
    force, if the caller has them.
    """
    day = on or today()
    tenures = list(member.tenures.with_posts(on=day)) if on else member.posts_today
    if not tenures:
        return []
    asked = terms.in_force(on=day) if asked is None else asked
    if not any(term.oblige(tenure) for term in asked for tenure in tenures):
        return []
    scope = sql.Scope(member_id=member.pk)
    rows = sql.duties(asked, on=day, scope=scope, select=ONE_PERSON)
    return in_order(make(asked[row[1]], tenures, Found(*row), on=day) for row in rows)


class Found(NamedTuple):
    """A row of the query: days as the database writes them."""

    member_id: int
    term_id: int
    since: Any
    valid_to: Any
    status: int
    under_way: bool | None = None  # None where who asks must not know


def make(term: Terms, tenures: Iterable[Tenure], found: Found, *, on: date) -> Duty:
    """Make a duty of a row of the query and of the posts it is asked for."""
    first_due, last = term.first_due(sql.as_date(found.since)), sql.as_date(found.valid_to)
    until = last if last and last >= on else None
    return Duty(
        requirement=term.requirement,
        courses=term.courses,
        reasons=reasons(term, tenures),
        due_on=_due_on(first_due, last, until),
        covered_until=None if until == terms.FOR_GOOD else until,
        ended_on=last if last and not until else None,
        status=Status(found.status),
        activity=None if found.under_way is None else ACTIVITIES[bool(found.under_way)],
    )


def reasons(term: Terms, tenures: Iterable[Tenure]) -> list[Reason]:
    """Return those of the tenures that make the duty, the oldest first."""
    found = [
        Reason(tenure.post_kind.name, tenure.unit.name, tenure.started_on)
        for tenure in tenures
        if term.oblige(tenure)
    ]
    return sorted(found, key=lambda reason: reason.since)


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Return the duties, most urgent first."""
    return sorted(duties, key=urgency)


def urgency(duty: Duty) -> tuple[int, date, str]:
    """Return the key by which duties are sorted: how they stand, then by day."""
    rank = max(duty.status, Status.EXPIRED)  # overdue and ended are one group, in order of days
    return rank, duty.due_on or terms.FOR_GOOD, duty.requirement.title


def _due_on(first_due: date, last: date | None, until: date | None) -> date | None:
    if until:
        return None if until == terms.FOR_GOOD else until
    return max(first_due, last) if last else first_due


def _civil(day: date | None) -> str:
    return written(day, "j F Y") if day else ""
