"""What administrators decide about one person's training. A row is appended; none is changed.

Nobody decides about themself. Each verb first waits for the person's own row: of two decisions
made at the same moment the second one sees the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from compliance.decisions.refusals import CannotDecide, check, recorded, taken_back
from compliance.models import Decision
from members import audit
from members.dates import today
from members.locking import hold_person

if TYPE_CHECKING:
    from datetime import date

    from compliance.models import Requirement
    from members.models import Member, Unit

Kind = Decision.Kind
ONESELF = "This is about you. Ask another administrator to decide it."
OVERTAKEN = "Somebody else has corrected or withdrawn this in the meantime. Look at it first."
CORRECTABLE = frozenset({"from_on", "until_on", "due_on", "reason", "reference", "unit"})


@transaction.atomic
def assign(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    requirement: Requirement,
    by: Member,
    from_on: date | None = None,
    until_on: date | None = None,
    due_on: date | None = None,
    unit: Unit | None = None,
) -> Decision:
    """Ask a requirement of one person by name. Without `due_on` its own rule says by when."""
    said = Decision(
        kind=Kind.ASSIGNMENT,
        requirement=requirement,
        from_on=from_on or today(),
        until_on=until_on,
        due_on=due_on,
        unit=unit,
    )
    return _decide(said, member, by)


@transaction.atomic
def exempt(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    requirement: Requirement | None,
    reason: str,
    by: Member,
    from_on: date | None = None,
    until_on: date | None = None,
    reference: str = "",
) -> Decision:
    """Free one person from a requirement, or from all (None), for some days or for good."""
    said = Decision(
        kind=Kind.EXEMPTION,
        requirement=requirement,
        from_on=from_on or today(),
        until_on=until_on,
        reason=reason,
        reference=reference,
    )
    return _decide(said, member, by)


@transaction.atomic
def extend(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    requirement: Requirement,
    due_on: date,
    by: Member,
    reason: str = "",
    reference: str = "",
) -> Decision:
    """Give one person more time: a later last day. When they renew next stays as it is."""
    said = Decision(
        kind=Kind.EXTENSION,
        requirement=requirement,
        from_on=today(),
        due_on=due_on,
        reason=reason,
        reference=reference,
    )
    return _decide(said, member, by)


@transaction.atomic
def record_leave(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    from_on: date,
    by: Member,
    until_on: date | None = None,
    reason: str = "",
    reference: str = "",
) -> Decision:
    """Record a long leave. The clock stops, and the days are given back."""
    said = Decision(
        kind=Kind.LEAVE, from_on=from_on, until_on=until_on, reason=reason, reference=reference
    )
    return _decide(said, member, by)


@transaction.atomic
def correct(*, decision: Decision, by: Member, **changes: Any) -> Decision:
    """Append how a decision should have read. Its kind, person and requirement stay."""
    if not changes.keys() <= CORRECTABLE:
        raise TypeError(f"Not to be corrected: {sorted(changes.keys() - CORRECTABLE)}")
    person = _may_decide(decision.member, by)
    stands = _standing(decision)
    said = taken_back(stands, by=by)
    said.is_withdrawn, said.reference = False, stands.reference
    for name, value in changes.items():
        setattr(said, name, value)
    check(said, member=person)
    return _written(said, "decision.corrected")


@transaction.atomic
def withdraw(*, decision: Decision, by: Member) -> Decision:
    """Take a decision back, as if it had not been made. Both rows stay on record."""
    _may_decide(decision.member, by)
    return _written(taken_back(_standing(decision), by=by), "decision.withdrawn")


def ask_permission(by: Member) -> None:
    """Refuse who may not decide about other people's training."""
    if not by.has_perm("compliance.decide"):
        raise PermissionDenied


def _decide(said: Decision, member: Member, by: Member) -> Decision:
    person = _may_decide(member, by)
    said.member = person
    for name, value in recorded(by).items():
        setattr(said, name, value)
    check(said, member=person)
    return _written(said, f"decision.{said.kind}")


def _may_decide(member: Member, by: Member) -> Member:
    ask_permission(by)
    if member.pk == by.pk:
        raise CannotDecide(ONESELF)
    return _locked(member.pk)


def _locked(pk: int) -> Member:
    return hold_person(pk)


def _standing(decision: Decision) -> Decision:
    found = Decision.objects.standing().filter(pk=decision.pk)
    stands = found.select_related("requirement", "unit").first()
    if stands is None:
        raise CannotDecide(OVERTAKEN)
    return stands


def _written(said: Decision, action: str) -> Decision:
    """Save the row and its line in the trail, which the person may read: no reason in it."""
    said.save(force_insert=True)
    days = {name: getattr(said, name) for name in ("from_on", "until_on", "due_on")}
    audit.record(
        action,
        by=said.recorded_by,
        about=[said.member_id],
        unit=said.unit,
        decision=said.pk,
        kind=said.kind,
        corrects=said.corrects_id,
        requirement=said.requirement and said.requirement.title,
        **{name: day.isoformat() for name, day in days.items() if day},
    )
    return said
