"""Deciding who attended: confirm a report, undo it, close, and what a host decides by hand.

Each verb first waits for the session's row: of two at the same moment the second one sees the
first. It then works out everybody's attendance anew from all that counts (`evidence`) and tells
the house of what has changed, and of nothing else: confirming a report twice changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from members import audit
from webinars.attendance.evidence import Known, is_forgotten, known_of, outcome
from webinars.attendance.learning import unlearn
from webinars.attendance.rows import decide_anew, locked, write
from webinars.models import Attendance, Visitor

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Member
    from webinars.models import AttendanceFile, Session

__all__ = ["outcome"]  # from here too

Outcome, How = Attendance.Outcome, Attendance.How
NOT_OVER = "The session has not ended. Confirm attendance after it."
CANCELLED = "The session was cancelled. Nobody attended it."
UNDONE = "This report was undone. Upload it again if it should count."
FORGOTTEN = (
    "The names of this session's reports were deleted, as they are 30 days after every session. "
    "What was decided stays. You can change it for one person at a time."
)
ONESELF = "This is about you. Ask another host to decide it."
CONFIRMED_IT = "Who confirmed this report. Another host says whether it is them."


class CannotDecide(Exception):  # noqa: N818 (a state of things, not a fault)
    """Attendance cannot be decided like this. The text says why, for the host."""


@transaction.atomic
def confirm(*, file: AttendanceFile, by: Member) -> AttendanceFile:
    """Let a report count. Who is still doubtful waits, and counts once settled.

    Whoever confirms it waits too, for another host: nobody gives attendance to themself. Again,
    it changes nothing. Raise CannotDecide before the end of the session.
    """
    session = locked(file.session_id)
    file = session.files.get(pk=file.pk)
    check_over(session)
    if file.undone_at:
        raise CannotDecide(UNDONE)
    if file.confirmed_at:
        return file
    if not file.visitors.exists():
        raise CannotDecide(FORGOTTEN)
    file.confirmed_at = timezone.now()
    file.save(update_fields=["confirmed_at"])
    _doubt_oneself(file, by)
    changed = decide_anew(session, by)
    _record("attendance.confirmed", session, by, changed, file=file.pk)
    return file


@transaction.atomic
def undo(*, file: AttendanceFile, by: Member) -> AttendanceFile:
    """Let a report no longer count, as if it had never been, and forget the people it names and
    the names it taught.

    If attendance was closed on the strength of it, that is open again. A report that was not
    confirmed is discarded. Raise CannotDecide when the names are deleted already.
    """
    session = locked(file.session_id)
    file = session.files.get(pk=file.pk)
    if file.undone_at:
        return file
    if file.counts and is_forgotten(session):
        raise CannotDecide(FORGOTTEN)
    counted, file.undone_at = file.counts, timezone.now()
    file.save(update_fields=["undone_at"])
    changed = _count_without(file, session, by) if counted else []
    unlearn(file)
    file.visitors.all().delete()
    _record("attendance.undone", session, by, changed, file=file.pk)
    return file


@transaction.atomic
def close_attendance(*, session: Session, by: Member) -> Session:
    """Say that attendance is complete: who has a place and was not seen was absent.

    It may be done again, and a report that comes late still counts.
    """
    session = locked(session.pk)
    check_over(session)
    if session.attendance_closed_at is None:
        session.attendance_closed_at = timezone.now()
        session.save(update_fields=["attendance_closed_at"])
    changed = decide_anew(session, by)
    if changed:
        _record("attendance.closed", session, by, changed)
    return session


@transaction.atomic
def count_check_ins(
    *, session: Session, by: Member | None = None, only: Collection[int] | None = None
) -> list[int]:
    """Count who entered the code, or `only` these members (ids); return whose attendance changed.

    It may be done while the session runs: for webinars that count by code, the code is enough.
    """
    session = locked(session.pk)
    if session.is_cancelled:
        return []
    changed = decide_anew(session, by, only)
    if by is not None and set(changed) - {by.pk}:
        _record("attendance.checked_in", session, by, changed)
    return changed


@transaction.atomic
def decide_by_hand(*, session: Session, member: Member, outcome: str, by: Member) -> Attendance:
    """Enter what the host knows. No report changes it afterwards; the time it tells is kept."""
    session = locked(session.pk)
    check_over(session)
    if member == by:
        raise CannotDecide(ONESELF)
    row = session.attendance.filter(member=member).first()
    if row and row.how == How.HAND and row.outcome == outcome:
        return row
    seconds = 0 if outcome == Outcome.ABSENT else _seconds_of(session, member)
    present = {member.pk: row} if row else {}
    write(session, present, {member.pk: Known(outcome, How.HAND, seconds)}, by)
    _record("attendance.by_hand", session, by, [member.pk], outcome=Outcome(outcome).label)
    return session.attendance.get(member=member)


@transaction.atomic
def take_back_by_hand(*, session: Session, member: Member, by: Member) -> None:
    """Forget what was entered by hand: what the reports say counts again."""
    session = locked(session.pk)
    if member == by:
        raise CannotDecide(ONESELF)
    # Once the names are deleted, nothing but the hand's decision is left to go by.
    if is_forgotten(session):
        raise CannotDecide(FORGOTTEN)
    if session.attendance.filter(member=member, how=How.HAND).update(how=How.FILE):
        decide_anew(session, by, {member.pk})
        _record("attendance.by_hand", session, by, [member.pk])


def _doubt_oneself(file: AttendanceFile, by: Member) -> None:
    """Leave it to another host whether this person was there, unless one has said so already."""
    mine = file.visitors.filter(member=by, settled_by=None)
    mine.update(member=None, state=Visitor.State.DOUBTFUL, reason=CONFIRMED_IT)


def _count_without(file: AttendanceFile, session: Session, by: Member) -> list[int]:
    closed = session.attendance_closed_at
    if closed and file.confirmed_at and file.confirmed_at <= closed:
        session.attendance_closed_at = None
        session.save(update_fields=["attendance_closed_at"])
    return decide_anew(session, by)


def _seconds_of(session: Session, member: Member) -> int | None:
    known = known_of(session, {member.pk}).get(member.pk)
    return known.seconds if known else None


def check_over(session: Session) -> None:
    """Raise CannotDecide unless the session was held."""
    if session.is_cancelled:
        raise CannotDecide(CANCELLED)
    if not session.has_ended:
        raise CannotDecide(NOT_OVER)


def _record(
    action: str, session: Session, by: Member, about: Collection[int], **facts: str | int
) -> None:
    audit.record(action, by=by, about=about, unit=session.unit, session=str(session), **facts)
