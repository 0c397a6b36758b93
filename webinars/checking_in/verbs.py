"""A code on the screen, and the people who enter it while it is there.

A code has six digits and some minutes. Whoever guesses has five tries in ten minutes.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members import audit
from members.locking import hold_person
from webinars.attendance.deciding import count_check_ins
from webinars.booking.verbs import lock_session
from webinars.models import CheckIn, CheckInCode, Session
from webinars.tries import give_back, take_try

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Member

AFTER_THE_END = timedelta(minutes=30)  # how long a code may still be shown
USUAL_MINUTES, MOST_MINUTES = 10, 60
DIGITS = 6
WRONG_TRIES, SPAN = 5, 600  # seconds

NOT_BY_CODE = "Attendance at this webinar counts by the time people are there. It needs no code."
TOO_EARLY = "You can show the code once the session has begun."
TOO_LATE = "The session ended more than 30 minutes ago. No code can be shown any more."
CANCELLED = "This session is cancelled."
NOT_NOW = "No code can be entered at the moment. The host says when it is shown on the screen."
CLOSED = "The time to check in is over. If you were there, tell the host."
WRONG = "This is not the code on the screen. It has six digits."
ENOUGH = "That was wrong five times. Wait ten minutes, or tell the host that you are there."


class CannotShow(Exception):  # noqa: N818 (a refusal, not a fault)
    """No code can be shown now. The text is for the host."""


class CannotCheckIn(Exception):  # noqa: N818 (a refusal, not a fault)
    """Nobody was checked in. The text is for the person."""


def ends(session: Session) -> datetime:
    """Return when the last code of a session closes."""
    return session.ends_at + AFTER_THE_END


def is_over(session: Session) -> bool:
    """Whether no code of this session will be shown any more."""
    return ends(session) <= timezone.now()


def open_code(session: Session) -> CheckInCode | None:
    """Return the code that may be entered now."""
    now = timezone.now()
    return session.codes.filter(opens_at__lte=now, closes_at__gt=now).first()


@transaction.atomic
def show_code(*, session: Session, by: Member, minutes: int = USUAL_MINUTES) -> CheckInCode:
    """Open a code for some minutes and return it; while one is open, return that one.

    From the start of the session to 30 minutes after its end. It closes by itself.
    """
    now = _hosted(session, by)
    if found := open_code(now):
        return found
    if reason := why_no_code(now):
        raise CannotShow(reason)
    opens = timezone.now()
    closes = min(opens + timedelta(minutes=min(minutes, MOST_MINUTES)), ends(now))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    shown = now.codes.create(code=code, opens_at=opens, closes_at=closes, opened_by=by)
    audit.record(
        "webinars.code-shown",
        by=by,
        unit=now.unit,
        session=now.pk,
        until=closes.isoformat(timespec="seconds"),
    )
    return shown


@transaction.atomic
def close_code(*, session: Session, by: Member) -> None:
    """Close the code that is open; without one, nothing."""
    now = _hosted(session, by)
    if found := open_code(now):
        found.closes_at = max(timezone.now(), found.opens_at + timedelta(microseconds=1))
        found.save(update_fields=["closes_at"])


def why_no_code(session: Session) -> str:
    """Return why no code of this session can be shown now; "" when one can."""
    if not session.by_code:
        return NOT_BY_CODE
    if session.is_cancelled:
        return CANCELLED
    if not session.has_started:
        return TOO_EARLY
    return TOO_LATE if is_over(session) else ""


def check_in(*, session: Session, by: Member, code: str) -> CheckIn:
    """Note that `by` is there, if this is the code on the screen; once, whatever comes again.

    It counts at once. For people with a place only. Raises CannotCheckIn with what to do. It is
    raised after the transaction, which must keep the wrong try where the cache is a table of the
    database.
    """
    with transaction.atomic():
        hold_person(by.pk)  # one try at a time
        if not session.bookings.booked().filter(member=by).exists():
            raise PermissionDenied
        found = session.check_ins.filter(member=by).first()
        reason = "" if found else _wrong(session, by, code)
        if not (found or reason):
            found = session.check_ins.create(member=by)
            count_check_ins(session=session, only=[by.pk])  # the person first, then the session
    if found is None:
        raise CannotCheckIn(reason)
    return found


def _wrong(session: Session, by: Member, code: str) -> str:
    """Return what is wrong with this code now; "" when it is the one on the screen."""
    shown = open_code(session)
    if shown is None:
        return CLOSED if session.codes.exists() else NOT_NOW
    tried = take_try(f"check-in:{session.pk}:{by.pk}", most=WRONG_TRIES, span=SPAN)
    if not tried:
        return ENOUGH
    typed = "".join(code.split())
    if hmac.compare_digest(typed.encode(), shown.code.encode()):
        give_back([tried])
        return ""
    return WRONG


def _hosted(session: Session, by: Member) -> Session:
    now = lock_session(session.pk)
    if not Session.objects.hosted_by(by).filter(pk=now.pk).exists():
        raise PermissionDenied
    return now
