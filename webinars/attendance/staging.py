"""A report is taken in and who it names is settled. Nothing counts before it is confirmed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from members import audit
from webinars.attendance.deciding import ONESELF, UNDONE, CannotDecide, check_over
from webinars.attendance.learning import forget_name, learn_name
from webinars.attendance.matching import identify, sees_members
from webinars.attendance.reading import read_report
from webinars.attendance.rows import decide_anew, locked
from webinars.attendance.showing import sees_names
from webinars.models import AttendanceFile, Visitor

if TYPE_CHECKING:
    from members.models import Member
    from webinars.attendance.matching import Matched
    from webinars.attendance.reading import Report
    from webinars.models import Session

State = Visitor.State
SAID = "A host said so"
TOO_LATE = (
    "Reports are taken in until 30 days after the session. After that only whoever may run every "
    "session can upload one."
)


@transaction.atomic
def stage(*, session: Session, data: bytes, name: str, by: Member) -> AttendanceFile:
    """Read a report and keep whom it names, matched as well as we can. Nothing counts yet.

    The same file again is the one that is there. Raise Unreadable with what was expected instead,
    and CannotDecide unless the session was held, and not long ago: of an old one nobody could
    look whether it is true.
    """
    check_over(session)
    if not sees_names(by, session):
        raise CannotDecide(TOO_LATE)
    report = read_report(data, starts_at=session.starts_at, minutes=session.minutes)
    session = locked(session.pk)
    digest = hashlib.sha256(data).hexdigest()
    if before := _before(session, digest):
        return before
    matched = identify(report.seen, session=session, sees_all=sees_members(by))
    file = session.files.create(
        name=name[:200], digest=digest, layout=report.layout, notes=_notes(report), uploaded_by=by
    )
    Visitor.objects.bulk_create([_visitor(file, one) for one in matched], batch_size=500)
    about = {one.member.pk for one in matched if one.member}
    facts = {"session": str(session), "file": file.pk}
    audit.record("attendance.uploaded", by=by, about=about, unit=session.unit, **facts)
    return file


@transaction.atomic
def settle(*, visitor: Visitor, member: Member | None, ignore: bool = False, by: Member) -> Visitor:
    """Say who somebody in a report is: a member, nobody of ours, or (`ignore`) not to be counted.

    If the report counts already, this counts at once. A name that came without an address is
    remembered, so that it is found the next time. Raise CannotDecide about oneself, or if the
    report was undone meanwhile.
    """
    session = locked(visitor.file.session_id)
    found = Visitor.objects.select_related("file").filter(pk=visitor.pk).first()
    if found is None:
        raise CannotDecide(UNDONE)
    if member == by:
        raise CannotDecide(ONESELF)
    state = State.MATCHED if member else State.IGNORED if ignore else State.UNMATCHED
    if found.settled_by_id and (found.member_id, found.state) == (member and member.pk, state):
        return found
    before = found.member_id
    if before != (member and member.pk):
        forget_name(found)
    found.member, found.state, found.settled_by = member, state, by
    found.confidence, found.reason = 100, SAID
    found.save(update_fields=["member", "state", "settled_by", "confidence", "reason"])
    learn_name(found, by)
    concerned = {pk for pk in (before, found.member_id) if pk}
    if found.file.counts and concerned:
        decide_anew(session, by, concerned)
    audit.record(
        "attendance.settled", by=by, about=concerned, unit=session.unit, session=str(session)
    )
    return found


def _before(session: Session, digest: str) -> AttendanceFile | None:
    """Return the same report if it is there. One whose names were deleted unused is taken anew."""
    same = session.files.filter(digest=digest, undone_at=None).first()
    if same and not same.counts and not same.visitors.exists():
        same.undone_at = timezone.now()
        same.save(update_fields=["undone_at"])
        return None
    return same


def _visitor(file: AttendanceFile, one: Matched) -> Visitor:
    person = one.person
    return Visitor(
        file=file,
        row=person.row,
        name=person.name[:200],
        email=person.email[:254],
        intervals=[[moment.isoformat() for moment in pair] for pair in person.intervals],
        seconds=person.stated,
        state=one.state,
        member=one.member,
        confidence=one.confidence,
        reason=one.reason,
    )


def _notes(report: Report) -> list[dict[str, object]]:
    return [{"row": said.row, "reason": said.reason} for said in (*report.errors, *report.notes)]
