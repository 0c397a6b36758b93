"""Asking a requirement of many people by name in one go, and taking that back for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from compliance.decisions.refusals import ARCHIVED, CannotDecide, recorded, taken_back
from compliance.decisions.verbs import ONESELF, ask_permission
from compliance.models import Decision
from compliance.models.draft import UNDO
from members import audit
from members.dates import today
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from uuid import UUID

    from compliance.models import Requirement

TOO_LATE = "24 hours are over and people have been told. Withdraw it person by person."
NOTHING_LEFT = "There is nothing left to undo: it has been withdrawn already."
BATCH_SIZE = 1_000


@transaction.atomic
def assign_many(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    requirement: Requirement,
    member_ids: Collection[int],
    batch: UUID,
    by: Member,
    due_on: date | None = None,
    for_officers: bool = False,
) -> list[Decision]:
    """Ask a requirement of many people; who is asked by name already is left as they are.

    `for_officers`: the officers of each person's own unit see how they stand.
    """
    ask_permission(by)
    if by.pk in member_ids:
        raise CannotDecide(ONESELF)
    if requirement.is_archived:
        raise CannotDecide(ARCHIVED.format(title=requirement.title))
    people = _locked(member_ids)
    named = Decision.objects.standing().assigned(on=today()).filter(requirement=requirement)
    already = set(named.filter(member__in=member_ids).values_list("member_id", flat=True))
    made = Decision.objects.bulk_create(
        [
            Decision(
                kind=Decision.Kind.ASSIGNMENT,
                member=member,
                requirement=requirement,
                unit_id=member.home_unit_id if for_officers else None,
                from_on=today(),
                due_on=due_on,
                batch=batch,
                **recorded(by),
            )
            for member in people
            if member.pk not in already
        ],
        batch_size=BATCH_SIZE,
    )
    _tell("decision.batch", made, batch, by)
    return made


@transaction.atomic
def withdraw_batch(*, batch: UUID, by: Member) -> int:
    """Take back, within 24 hours, what stands of an assignment to many; return how many."""
    ask_permission(by)
    of_batch = Decision.objects.filter(batch=batch)
    _locked(set(of_batch.values_list("member_id", flat=True)))
    rows = list(of_batch.standing().select_related("requirement"))
    if not rows:
        raise CannotDecide(NOTHING_LEFT)
    if any(row.member_id == by.pk for row in rows):
        raise CannotDecide(ONESELF)
    if timezone.now() >= min(row.recorded_at for row in rows) + UNDO:
        raise CannotDecide(TOO_LATE)
    Decision.objects.bulk_create([taken_back(row, by=by) for row in rows], batch_size=BATCH_SIZE)
    _tell("decision.batch-withdrawn", rows, batch, by)
    return len(rows)


def _locked(member_ids: Collection[int]) -> list[Member]:
    """Wait for these people's rows, in one order for everybody, so that nobody waits for ever."""
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=member_ids)
    return list(rows.order_by("pk"))


def _tell(action: str, rows: Sequence[Decision], batch: UUID, by: Member) -> None:
    title = rows[0].requirement.title if rows and rows[0].requirement else ""
    about = [row.member_id for row in rows]
    audit.record(action, by=by, about=about, batch=str(batch), requirement=title, people=len(rows))
