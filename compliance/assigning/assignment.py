"""What a draft of an assignment says so far, and whom it would touch: nobody is loaded by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compliance.duty import sql, terms
from compliance.duty.status import Status
from compliance.duty.tallies import counted
from compliance.duty.timeline import Anchor, Audience, Reading
from compliance.models import Requirement, RequirementVersion
from compliance.requirements.brake import asks_for_number
from courses.models import CoursePage
from members.dates import today
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.terms import Terms
    from compliance.models import AssignmentDraft

STEPS = ("what", "who", "people", "when", "messages", "check")
OWN = "own"  # the time is what the requirement itself says
MOST_BY_NAME = 10_000
UNSAVED = 0  # the id under which a requirement is tried out
TOUCHED = """
SELECT one.status, one.asked, COUNT(*),
       SUM(CASE WHEN person.email IS NULL THEN 1 ELSE 0 END),
       SUM(CASE WHEN person.is_under_18 THEN 1 ELSE 0 END)
FROM (SELECT member_id, MIN(CASE WHEN term_id = 0 THEN status END) AS status,
             MAX(CASE WHEN term_id = 1 THEN 1 ELSE 0 END) AS asked
      FROM duty GROUP BY member_id) one
JOIN members_member person ON person.id = one.member_id
WHERE one.status IS NOT NULL
GROUP BY one.status, one.asked
"""
SHARED = """
SELECT other.term_id, COUNT(*)
FROM duty mine JOIN duty other ON other.member_id = mine.member_id AND other.term_id > 0
WHERE mine.term_id = 0 GROUP BY other.term_id
"""
COVERED = (Status.COVERED, Status.RENEWAL)


@dataclass
class Counts:
    """People: each in one of the first four; without e-mail and under 18 are of the newly due."""

    newly: int = 0
    up_to_date: int = 0
    exempt: int = 0
    asked: int = 0  # by this requirement already
    no_email: int = 0
    under_18: int = 0

    @property
    def people(self) -> int:
        return self.touched + self.asked

    @property
    def touched(self) -> int:
        """The people who get a duty that they had not."""
        return self.newly + self.up_to_date + self.exempt


class Assignment:
    """A draft read: what is asked of whom, by when, and with which mails."""

    def __init__(self, draft: AssignmentDraft) -> None:
        self.draft = draft
        self.what, self.who = draft.data.get("what", {}), draft.data.get("who", {})
        self.when, self.messages = draft.data.get("when", {}), draft.data.get("messages")

    # --- What ------------------------------------------------------------------------------------
    @cached_property
    def requirement(self) -> Requirement | None:
        """The requirement that exists already; None if one is to be made."""
        return Requirement.objects.kept().filter(pk=self.what.get("requirement")).first()

    @property
    def is_new(self) -> bool:
        return bool(self.what.get("course"))

    @cached_property
    def courses(self) -> list[CoursePage]:
        if self.is_new:
            return list(CoursePage.objects.live().filter(pk=self.what["course"]))
        now = self.requirement.latest if self.requirement else None
        return list(now.courses.all()) if now else []

    @property
    def title(self) -> str:
        return str(self.what["title"] if self.is_new else self.requirement or "")

    # --- Who -------------------------------------------------------------------------------------
    @property
    def audience(self) -> str:
        return str(self.who.get("audience", ""))

    @property
    def is_named(self) -> bool:
        return self.audience == Audience.NAMED

    @property
    def is_by_name(self) -> bool:
        """Whether people are asked one by one. Else the new requirement says who."""
        return self.is_named or not self.is_new

    @cached_property
    def kinds(self) -> list[PostKind]:
        if self.audience == Audience.STAFF:
            return list(PostKind.objects.filter(group=PostKind.Group.STAFF))
        return list(PostKind.objects.filter(pk__in=self.who.get("kinds", [])))

    @cached_property
    def unit(self) -> Unit | None:
        found: Unit | None = Unit.objects.filter(pk=self.who.get("unit")).first()
        return found

    @cached_property
    def member_ids(self) -> list[int]:
        """The people to ask by name. Nobody asks themself."""
        if self.is_named:
            named = self.who.get("people", [])
        else:
            held = Tenure.objects.current().filter(post_kind__in=self.kinds, member__is_active=True)
            if self.unit:
                held = held.filter(unit__path__startswith=self.unit.path)
            named = held.values_list("member_id", flat=True).distinct()
        return sorted(set(named) - {self.draft.owner_id})

    # --- When ------------------------------------------------------------------------------------
    @property
    def fixed_on(self) -> date | None:
        given = self.when.get("fixed_on")
        return date.fromisoformat(given) if given else None

    @property
    def missing(self) -> str | None:
        """The first step that is not filled in; None when it can be checked."""
        if not (self.what and self.courses):
            return "what"
        if not self.audience:
            return "who"
        if self.is_named and not self.member_ids:
            return "people"
        if not self.when:
            return "when"
        return "messages" if self.is_new and self.messages is None else None

    # --- Trying it out ---------------------------------------------------------------------------
    def version(self) -> RequirementVersion:
        """Return, unsaved, how the new requirement would read."""
        return RequirementVersion(
            effective_from=today(),
            audience=self.audience,
            unit=self.unit,
            anchor=self.when.get("anchor", Anchor.START),
            grace_days=self.when.get("grace_days") or 0,
            fixed_on=self.fixed_on,
            reminders=self.messages or [],
        )

    @cached_property
    def tried(self) -> Terms:
        """What it would ask, as the query needs it."""
        version = self.version()
        version.unit = None if self.is_by_name else version.unit
        if self.is_by_name:
            # Asked of everybody, and then only these people are looked at.
            version.audience, version.anchor = Audience.EVERYONE, Anchor.START
        requirement = self.requirement or Requirement(pk=UNSAVED, title=self.title)
        version.requirement = requirement
        kinds = frozenset() if self.is_by_name else frozenset(kind.pk for kind in self.kinds)
        return terms.tried(requirement, Reading(version, kinds, self.courses), on=today())

    @property
    def _scope(self) -> sql.Scope:
        return sql.Scope(member_ids=self.member_ids if self.is_by_name else None, everyone=True)

    @cached_property
    def counts(self) -> Counts:
        """Whom it touches and how they stand, in one query."""
        present = []
        if self.requirement:
            versions = RequirementVersion.objects.filter(requirement=self.requirement)
            present = terms.terms_of(versions, on=today())
        found = Counts()
        for status, asked, *numbers in self._run([self.tried, *present], TOUCHED):
            _add(found, Status(status), numbers, asked=bool(asked))
        return found

    @cached_property
    def others(self) -> list[tuple[Requirement, int]]:
        """The requirements that ask the same course of some of these people, and of how many."""
        wanted = {course.pk for course in self.courses}
        same = [
            term
            for term in terms.in_force(on=today())
            if term.requirement != self.requirement
            and wanted & {course.pk for course in term.courses}
        ]
        rows = self._run([self.tried, *same], SHARED) if same else []
        return [(same[key - 1].requirement, people) for key, people in rows]

    @property
    def asked_by_another(self) -> Requirement | None:
        """The requirement that asks the same of all of these people already, if there is one."""
        everybody = self.counts.people
        return next((it for it, people in self.others if people >= everybody > 0), None)

    @cached_property
    def asks_for_number(self) -> bool:
        """Whether it touches so many that their number is to be typed."""
        everybody = counted(None, sql.Scope(everyone=True))[""].people
        return asks_for_number(self.counts.touched, everybody)

    def _run(self, asked: Sequence[Terms], select: str) -> list[tuple[Any, ...]]:
        return sql.duties(asked, on=today(), scope=self._scope, select=select)


def _add(found: Counts, status: Status, numbers: Sequence[int], *, asked: bool) -> None:
    people, no_email, under_18 = numbers
    if asked:
        found.asked += people
    elif status in COVERED:
        found.up_to_date += people
    elif status == Status.EXEMPT:
        found.exempt += people
    else:
        found.newly += people
        found.no_email += no_email
        found.under_18 += under_18
