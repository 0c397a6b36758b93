"""What is known of who was at a session: all reports that count together, and the check-ins.

It is a function of what lies there now. In which order reports were confirmed makes no difference,
and a report that was undone might as well never have been.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webinars.attendance.presence import present_seconds
from webinars.models import Attendance, Visitor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from django.db.models import Manager, QuerySet

    from webinars.models import Session

    # The times of one line of a report, as they are stored, and the length it states besides.
    Line = tuple[list[list[str]], int | None]

Outcome, How = Attendance.Outcome, Attendance.How


@dataclass(frozen=True)
class Known:
    """What should stand in somebody's row of attendance."""

    outcome: str
    how: str
    seconds: int | None


def outcome(seconds: int | None, session: Session) -> str:
    """Say what so many seconds during the session are worth; None is unknown, which is not zero."""
    if seconds is None:
        return Outcome.UNKNOWN
    if seconds >= session.seconds_needed:
        return Outcome.ATTENDED
    return Outcome.PART if seconds > 0 else Outcome.ABSENT


def seconds_of(lines: Iterable[Line], session: Session) -> int | None:
    """Return how long somebody was there by all lines that are theirs; None if nobody can tell.

    Times overlap where somebody used two devices or two reports say the same: they are joined, not
    added. Of a length without times the longest is taken. If one line tells no length at all, the
    others may still show that it was long enough; if they do not, it is unknown.
    """
    times, stated, unknown = [], [0], False
    for intervals, seconds in lines:
        times += [_moments(pair) for pair in intervals]
        stated.append(min(seconds or 0, session.minutes * 60))
        unknown = unknown or (not intervals and seconds is None)
    joined = present_seconds(times, starts_at=session.starts_at, ends_at=session.ends_at)
    known = max(joined, *stated)
    return None if unknown and known < session.seconds_needed else known


def known_of(session: Session, only: Collection[int] | None = None) -> dict[int, Known]:
    """Return what is known of each member's attendance, or of `only` these members' (ids).

    Who was there outside the session's time alone is not in it. Once attendance is closed, who had
    a place and was not seen was absent.
    """
    lines = _lines(session, only)
    found = {}
    for member_id, theirs in lines.items():
        seconds = seconds_of(theirs, session)
        if seconds != 0:
            found[member_id] = Known(outcome(seconds, session), How.FILE, seconds)
    if session.by_code:
        for member_id in _of(session.check_ins, only):
            before = found.get(member_id)
            seconds = before.seconds if before else None
            found[member_id] = Known(Outcome.ATTENDED, How.CODE, seconds)
    return found | _absent(session, only, found)


def is_forgotten(session: Session) -> bool:
    """Whether names in reports that count, or check-ins, were deleted, as they are after 30 days.

    Then attendance cannot be worked out again, and what was decided stays.
    """
    by_code = session.attendance.filter(how=How.CODE).exclude(outcome=Outcome.ABSENT)
    return (
        session.files.counting().filter(visitors=None).exists()
        or by_code.exclude(member__in=session.check_ins.values("member")).exists()
    )


def _absent(
    session: Session, only: Collection[int] | None, seen: Collection[int]
) -> dict[int, Known]:
    if session.attendance_closed_at is None:
        return {}
    how = How.CODE if session.by_code else How.FILE
    booked = _of(session.bookings.booked(), only)
    return {pk: Known(Outcome.ABSENT, how, 0) for pk in booked if pk not in seen}


def _lines(session: Session, only: Collection[int] | None) -> dict[int, list[Line]]:
    visitors = Visitor.objects.filter(
        file__in=session.files.counting(), state=Visitor.State.MATCHED
    )
    if only is not None:
        visitors = visitors.filter(member__in=only)
    lines: dict[int, list[Line]] = defaultdict(list)
    for member_id, *line in visitors.values_list("member_id", "intervals", "seconds"):
        lines[member_id].append((line[0], line[1]))
    return lines


def _of(rows: Manager[Any] | QuerySet[Any], only: Collection[int] | None) -> list[int]:
    chosen = rows.all() if only is None else rows.filter(member__in=only)
    return list(chosen.values_list("member_id", flat=True))


def _moments(pair: Iterable[str]) -> tuple[datetime, datetime]:
    starts, ends = pair
    return datetime.fromisoformat(starts), datetime.fromisoformat(ends)
