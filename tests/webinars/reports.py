"""Reports of meeting tools for tests: as rows, and what the house hears when they are decided."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.members.factories import MemberFactory
from webinars.models import Attendance, AttendanceFile, Session, Visitor
from webinars.signals import attendance_confirmed, attendance_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator

numbers = count(1)


def a_file(session: Session, **fields: Any) -> AttendanceFile:
    """A report that waits for a yes, as if it had been uploaded."""
    number = next(numbers)
    given = {"uploaded_by": fields.pop("by", None) or MemberFactory(), "layout": "zoom_meeting"}
    given |= {"name": f"report-{number}.csv", "digest": f"{number:064}"}
    return AttendanceFile.objects.create(session=session, **given | fields)


def a_visitor(
    file: AttendanceFile, *, minutes: tuple[int, int] | None = (0, 60), **fields: Any
) -> Visitor:
    """Somebody matched who was there from and to these minutes after the start."""
    if "member" not in fields:
        fields["member"] = MemberFactory()
    if minutes:
        fields["intervals"] = [[moment(file.session, minute) for minute in minutes]]
    row = next(numbers)
    given = {"row": row, "name": f"Person {row}", "state": Visitor.State.MATCHED}
    return Visitor.objects.create(file=file, **given | fields)


def moment(session: Session, minute: int) -> str:
    return (session.starts_at + dt.timedelta(minutes=minute)).astimezone(dt.UTC).isoformat()


def zoom(session: Session, *people: tuple[str, str, int, int]) -> bytes:
    """The report of a Zoom meeting: (name, e-mail, from and to these minutes after the start)."""
    rows = [
        f'"{name}",{email},{clock(session, came)},{clock(session, left)},{left - came},No'
        for name, email, came, left in people
    ]
    head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    return "\n".join([head, *rows]).encode()


def clock(session: Session, minute: int) -> str:
    when = session.starts_at + dt.timedelta(minutes=minute)
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M:%S}"


def outcomes(session: Session) -> dict[int, tuple[str, int | None]]:
    """What stands in the rows: outcome and seconds, by member."""
    return {row.member_id: (row.outcome, row.seconds) for row in session.attendance.all()}


@contextmanager
def heard() -> Iterator[list[tuple[str, int, str]]]:
    """What the house was told meanwhile: (what, whose, the outcome at that moment)."""
    said: list[tuple[str, int, str]] = []

    def hear_confirmed(rows: list[Attendance], **_: object) -> None:
        said.extend(("confirmed", row.member_id, str(row.outcome)) for row in rows)

    def hear_withdrawn(rows: list[Attendance], **_: object) -> None:
        assert all(row.pk for row in rows)
        said.extend(("withdrawn", row.member_id, str(row.outcome)) for row in rows)

    attendance_confirmed.connect(hear_confirmed)
    attendance_withdrawn.connect(hear_withdrawn)
    try:
        yield said
    finally:
        attendance_confirmed.disconnect(hear_confirmed)
        attendance_withdrawn.disconnect(hear_withdrawn)
