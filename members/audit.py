"""Writing the audit trail and checking that nobody rewrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from members.models.audit import GENESIS, AuditEvent, AuditSubject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from members.models import Member, Unit

CHAIN_LOCK = 0x6475747963  # any number of our own; one lock for the one chain


@transaction.atomic
def record(
    action: str,
    *,
    by: Member | None,
    about: Iterable[Member | int] = (),
    unit: Unit | None = None,
    **detail: Any,
) -> AuditEvent:
    """Append one event in the caller's transaction and return it.

    `about` names the members (or their ids) whose record was touched or looked at; they can see
    the event. `detail` is for facts a person may read later: no answers, no reasons, no addresses.
    """
    _lock_chain()
    ids = sorted({who if isinstance(who, int) else who.pk for who in about})
    last = AuditEvent.objects.values_list("hash", flat=True).first()
    event = AuditEvent(
        actor=by,
        action=action,
        unit=unit,
        subject_ids=ids,
        detail=detail,
        previous_hash=last or GENESIS,
    )
    event.hash = event.fingerprint()
    event.save(force_insert=True)
    AuditSubject.objects.bulk_create(AuditSubject(event=event, member_id=pk) for pk in ids)
    return event


def first_broken() -> AuditEvent | None:
    """Return the first event whose hash or place in the chain is wrong; None when all hold."""
    previous = GENESIS
    for event in AuditEvent.objects.order_by("pk").iterator():
        if event.previous_hash != previous or event.hash != event.fingerprint():
            return event
        previous = event.hash
    return None


def _lock_chain() -> None:
    # SQLite's IMMEDIATE transaction is that lock already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
