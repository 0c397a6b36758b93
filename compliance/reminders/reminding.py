"""Who is to be told what of the plan on a day: one query for the whole party, and one pure rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from compliance.duty import sql, terms
from compliance.duty.dialect import as_date
from compliance.duty.duties import Found
from compliance.duty.status import Status
from compliance.models import RequirementVersion
from compliance.reminders import sql as reminder_sql
from compliance.reminders.plan import LATEST_DAYS, PLAN, UNDO_DAYS, Anchor
from members.dates import FOR_GOOD, NEVER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from compliance.duty.terms import Terms


@dataclass(frozen=True)
class Facts:
    """What the rule reads of one person's duty on a day.

    `known_on` is the day the duty was first on record, `told` what was sent of it in this cycle.
    """

    status: Status
    since: date
    due_on: date
    valid_to: date | None
    known_on: date
    told: Collection[str] = ()

    @property
    def cycle(self) -> date:
        """The last day of the training that is to be renewed, else the day the duty began."""
        return self.valid_to if self.valid_to and self.valid_to >= self.since else self.since

    def anchor(self, kind: Anchor) -> date | None:
        """Return the day from which mails of this kind are counted; None if there are none."""
        if (kind == Anchor.EXPIRES) != (self.status == Status.RENEWAL):
            return None
        if kind == Anchor.EXPIRES:
            return self.valid_to
        if kind == Anchor.DUE:
            return None if self.due_on == FOR_GOOD else self.due_on
        is_first = self.cycle == self.since
        return max(self.since, self.may_be_told_on) if is_first else None

    @property
    def may_be_told_on(self) -> date:
        """The first day on which whoever made it a duty has had a whole day to take it back."""
        return self.known_on + timedelta(days=UNDO_DAYS)


def code_due(facts: Facts, wanted: Collection[str], *, on: date) -> str | None:
    """Return the mail of the plan that is due on that day, or None.

    It is due on its day and, if the machine was off, some days longer. Of several the latest is
    sent alone: nobody finds three at once after a pause.
    """
    if not facts.status.is_open or on < facts.may_be_told_on:
        return None
    days = {
        code: mail.day(anchor)
        for code, mail in PLAN.items()
        if code in wanted and (anchor := facts.anchor(mail.anchor))
    }
    just = [code for code, day in days.items() if 0 <= (on - day).days <= LATEST_DAYS]
    latest = max(just, key=lambda code: days[code], default=None)
    return None if latest in facts.told else latest


@dataclass(frozen=True)
class Told:
    """One thing to tell one person."""

    term: Terms
    found: Found
    code: str

    @property
    def member_id(self) -> int:
        return self.found.member_id


def to_tell(
    *, on: date, asked: Sequence[Terms] | None = None, member_ids: Sequence[int] | None = None
) -> list[Told]:
    """Return all that is to be told that day: to everybody, or to these members.

    Two queries beside those for the terms in force, however many people there are.
    """
    asked = terms.in_force(on=on) if asked is None else asked
    known = _recorded(asked)
    fresh = [key for key, day in known.items() if 0 <= (on - day).days - UNDO_DAYS <= LATEST_DAYS]
    scope = sql.Scope(member_ids=member_ids, everyone=True)
    rows = sql.duties(asked, on=on, scope=scope, select=reminder_sql.near(asked, fresh, on=on))
    found = []
    for *duty, reason_known_on, told in rows:
        row = Found(*duty)
        facts = _facts(row, max(known[row.term_id], as_date(reason_known_on) or NEVER), told)
        if code := code_due(facts, asked[row.term_id].version.reminders, on=on):
            found.append(Told(asked[row.term_id], row, code))
    return found


def by_code(items: Iterable[Told]) -> Mapping[str, int]:
    """Count what is to be told by the code of its mail, in the plan's order."""
    counted = Counter(item.code for item in items)
    return {code: counted[code] for code in PLAN if counted[code]}


def _facts(row: Found, known_on: date, told: str | None) -> Facts:
    return Facts(
        status=Status(row.status),
        since=as_date(row.since),
        due_on=as_date(row.due_on),
        valid_to=as_date(row.valid_to),
        known_on=known_on,
        told=(told or "").split(","),
    )


def _recorded(asked: Sequence[Terms]) -> dict[int, date]:
    """Return, by the place in `asked`, on which day it was recorded that people owe this duty."""
    versions = RequirementVersion.objects.filter(requirement__in=[t.requirement for t in asked])
    said = {
        (version.requirement_id, version.effective_from): version.recorded_at
        for version in versions.order_by("number").only(
            "requirement", "effective_from", "recorded_at"
        )
    }
    return {
        key: max(
            (timezone.localdate(said[term.requirement.pk, span.begins]) for span in term.spans),
            default=NEVER,
        )
        for key, term in enumerate(asked)
    }
