"""The rows of attendance: brought in line with what is known, and the house is told.

Of a row that changes the house hears; of what no longer holds it hears before it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from webinars.attendance.evidence import Known, is_forgotten, known_of
from webinars.models import Attendance, Session
from webinars.signals import attendance_confirmed, attendance_withdrawn

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Member

Outcome, How = Attendance.Outcome, Attendance.How
# What counts for more. Part and unknown are the same: the rest may be made up for.
WORTH: dict[str, int] = {
    Outcome.ATTENDED: 2,
    Outcome.PART: 1,
    Outcome.UNKNOWN: 1,
    Outcome.ABSENT: 0,
}
FIELDS = ["outcome", "how", "seconds", "decided_at", "decided_by"]


def locked(pk: int) -> Session:
    """Return the session, which nobody else can decide about until this transaction ends."""
    session = (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("webinar")
        .get(pk=pk)
    )
    if not session.attendance.exists():
        _keep_terms(session)
    return session


def _keep_terms(session: Session) -> None:
    """From the first decision on it counts as the webinar says now, whatever it says later."""
    page = session.webinar
    now = (page.share_needed, page.counts_by)
    if now != (session.share_needed, session.counts_by):
        session.share_needed, session.counts_by = now
        session.save(update_fields=["share_needed", "counts_by"])


def decide_anew(
    session: Session, by: Member | None, only: Collection[int] | None = None
) -> list[int]:
    """Bring the rows of attendance in line with what is known; return whose changed (ids).

    What a host entered stays. Called inside a transaction that holds the session.
    """
    rows = session.attendance.all() if only is None else session.attendance.filter(member__in=only)
    present = {row.member_id: row for row in rows}
    known = known_of(session, only)
    if is_forgotten(session):
        known = _only_more(known, present)
    by_hand = [pk for pk, row in present.items() if row.how == How.HAND]
    for pk in by_hand:
        del present[pk]
        known.pop(pk, None)
    return write(session, present, known, by)


def write(
    session: Session, present: dict[int, Attendance], known: dict[int, Known], by: Member | None
) -> list[int]:
    """Make `present` rows what is `known`; what no longer holds is withdrawn before it changes."""
    changed = sorted(
        pk
        for pk in present.keys() | known.keys()
        if pk not in present or _said(present[pk]) != known.get(pk)
    )
    falling = [
        present[pk] for pk in changed if pk in present and _falls(present[pk], known.get(pk))
    ]
    if falling:
        attendance_withdrawn.send(sender=Attendance, rows=falling, by=by)
    gone = [present[pk].pk for pk in changed if pk not in known]
    Attendance.objects.filter(pk__in=gone).delete()
    if rows := _put(session, {pk: known[pk] for pk in changed if pk in known}, by):
        attendance_confirmed.send(sender=Attendance, rows=rows)
    return changed


def _put(session: Session, known: dict[int, Known], by: Member | None) -> list[Attendance]:
    """Write these rows, whether they are there or not."""
    facts = {"session": session, "decided_at": timezone.now(), "decided_by": by}
    rows = [Attendance(member_id=pk, **vars(it), **facts) for pk, it in known.items()]
    return Attendance.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["session", "member"],
        update_fields=FIELDS,
    )


def _said(row: Attendance) -> Known:
    return Known(row.outcome, row.how, row.seconds)


def _falls(row: Attendance, known: Known | None) -> bool:
    return known is None or WORTH[known.outcome] < WORTH[row.outcome]


def _rises(row: Attendance | None, known: Known) -> bool:
    return row is None or WORTH[known.outcome] > WORTH[row.outcome]


def _only_more(known: dict[int, Known], present: dict[int, Attendance]) -> dict[int, Known]:
    """Where the names behind decisions are deleted, what is left may only add to them."""
    kept = {pk: _said(row) for pk, row in present.items()}
    more = {pk: it for pk, it in known.items() if _rises(present.get(pk), it)}
    return kept | more
