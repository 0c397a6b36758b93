"""What cannot be decided about a person, each with its reason and what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as written

from compliance.duty.duties import for_member
from compliance.models import Decision
from members.dates import add_period, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.models import Requirement
    from members.models import Member

Kind, Reason = Decision.Kind, Decision.Reason
MOST_YEARS_AHEAD = 5
INVERTED = "The last day is before the first. Check both days."
TOO_FAR = "{day} is more than five years away. Check the year."
ARCHIVED = "“{title}” is archived, so nobody has to do it. Choose another requirement."
NO_REASON = "Say why, from the list."
NO_REFERENCE = "Say in the reference where the reason is kept."
ALREADY_ASSIGNED = "This is asked of them by name already, since {day}. Correct that instead."
ALREADY_EXEMPT = "They are exempt already from {day}{until}. Correct that instead."
ALREADY_AWAY = "Leave is recorded already from {day}{until}. Correct that instead."
NO_DUTY = "This is not asked of them today, so there is no last day to move."
NO_LAST_DAY = "There is no last day to move. How it stands: {words}."
OVER = "{day} is over. Choose today or a later day."
NOT_LATER = "The last day is {day} already. Choose a later one."


class CannotDecide(Exception):  # noqa: N818 (a refusal, not a fault)
    """This may not be decided; the message says why and what to do."""


def check(said: Decision, *, member: Member) -> None:
    """Refuse a decision, not saved yet, that contradicts itself or another that stands."""
    for day in (said.from_on, said.until_on, said.due_on):
        if day and day > add_period(today(), years=MOST_YEARS_AHEAD):
            raise CannotDecide(TOO_FAR.format(day=_written(day)))
    if said.until_on and said.until_on < said.from_on:
        raise CannotDecide(INVERTED)
    if said.requirement and said.requirement.is_archived:
        raise CannotDecide(ARCHIVED.format(title=said.requirement.title))
    if said.reason == Reason.OTHER and not said.reference:
        raise CannotDecide(NO_REFERENCE)
    CHECKS[Kind(said.kind)](said, member)


def _assignment(said: Decision, member: Member) -> None:
    others = Decision.objects.standing().beside(said).filter(requirement=said.requirement_id)
    if other := others.first():
        raise CannotDecide(ALREADY_ASSIGNED.format(day=_written(other.from_on)))
    if said.due_on and said.due_on < today():
        raise CannotDecide(OVER.format(day=_written(said.due_on)))


def _exemption(said: Decision, member: Member) -> None:
    if not said.reason:
        raise CannotDecide(NO_REASON)
    _alone(said, ALREADY_EXEMPT)


def _leave(said: Decision, member: Member) -> None:
    _alone(said, ALREADY_AWAY)


def _alone(said: Decision, sentence: str) -> None:
    others = Decision.objects.standing().beside(said).on_requirement(said.requirement_id)
    if other := others.first():
        until = f" to {_written(other.until_on)}" if other.until_on else ""
        raise CannotDecide(sentence.format(day=_written(other.from_on), until=until))


def _extension(said: Decision, member: Member) -> None:
    if said.due_on is None or said.due_on < today():
        raise CannotDecide(OVER.format(day=_written(said.due_on or said.from_on)))
    last = last_day(member, said.requirement, without=said.corrects)
    if said.due_on <= last:
        raise CannotDecide(NOT_LATER.format(day=_written(last)))


CHECKS: dict[str, Callable[[Decision, Member], None]] = {
    Kind.ASSIGNMENT: _assignment,
    Kind.EXEMPTION: _exemption,
    Kind.EXTENSION: _extension,
    Kind.LEAVE: _leave,
}


def last_day(
    member: Member, requirement: Requirement | None, *, without: Decision | None = None
) -> date:
    """Return the last day this person has for a requirement today, or refuse if there is none.

    `without` is a decision of theirs that is left out of account.
    """
    with transaction.atomic():
        if without:
            # Tried out: the row is never seen by anybody.
            taken_back(without, by=member).save(force_insert=True)
        duty = duty_of(member, requirement)
        if without:
            transaction.set_rollback(True)
    if duty is None:
        raise CannotDecide(NO_DUTY)
    if duty.due_on is None:
        raise CannotDecide(NO_LAST_DAY.format(words=duty.words.lower()))
    return duty.due_on


def duty_of(member: Member, requirement: Requirement | None) -> Duty | None:
    """Return what this requirement asks of this person today."""
    asked = requirement.pk if requirement else None
    return next((duty for duty in for_member(member) if duty.requirement.pk == asked), None)


def taken_back(decision: Decision, *, by: Member) -> Decision:
    """Return the row, not saved yet, that withdraws a decision."""
    same = ("kind", "member_id", "requirement_id", "unit_id", "from_on", "until_on", "due_on")
    facts = {name: getattr(decision, name) for name in (*same, "reason", "batch")}
    return Decision(**facts, corrects=decision, is_withdrawn=True, **recorded(by))


def recorded(by: Member) -> dict[str, object]:
    """Return who records a row, and when: now."""
    return {"recorded_at": timezone.now(), "recorded_by": by}


def _written(day: date) -> str:
    return written(day, "j F Y")
