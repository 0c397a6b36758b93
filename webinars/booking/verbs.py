"""Taking a place, waiting for one, giving it back. The only writers of bookings.

Each verb first waits for the person's row, then for the session's, always in this order: whatever
happens at the same moment happens one after the other, and nobody waits for each other for ever.
Below the locks stands the database: a place is a number, and a session's number is given once.
"""

from __future__ import annotations

import secrets
from itertools import count
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from members import sealing
from members.locking import hold_person
from webinars import telling
from webinars.audience import closed_to
from webinars.booking.refusals import (
    CannotBook,
    CannotCancel,
    Clash,
    check_member,
    check_session,
    why_it_stays,
)
from webinars.models import AccessNeed, Booking, Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from members.models import Member

__all__ = [
    "CannotBook",
    "CannotCancel",
    "Clash",
    "book",
    "cancel_booking",
    "fill_places",
    "lock_session",
    "say_need",
    "void_bookings",
]

Status = Booking.Status
# Nothing that is taken for something else when it is read out or typed, and no vowels: no words.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def book(*, session: Session, by: Member, despite_clash: bool = False, needs: str = "") -> Booking:
    """Give `by` a place, or the last place on the waiting list, and return the booking.

    Booked already, it changes nothing but what they need. Raise CannotBook with the reason, and
    Clash (unless `despite_clash`) when something else of theirs is at the same time.
    """
    _one_booking_at_a_time(by)
    booking = Booking.objects.filter(session=session, member=by).first()
    if booking is None or booking.is_cancelled:
        check_member(session, by, despite_clash=despite_clash)
        webinar = session.webinar
        session = lock_session(session.pk)
        session.webinar = webinar  # read a moment ago; everybody else waits from here on
        check_session(session)
        booking = _begun(booking, session, by)
        _line_up(booking, session)
        tell = telling.tell_booked if booking.is_booked else telling.tell_waiting
        tell(booking)
    _note_need(booking, needs)
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Member) -> Booking:
    """Give the place back, or leave the waiting list; who waited longest moves up.

    Cancelled already, it changes nothing. Raise CannotCancel when it is too late for that.
    """
    if booking.member_id != by.pk:
        raise PermissionDenied
    _one_booking_at_a_time(by)
    session = lock_session(booking.session_id)
    booking = session.bookings.get(pk=booking.pk)
    booking.member, booking.session = by, session
    if booking.is_cancelled:
        return booking
    if reason := why_it_stays(booking):
        raise CannotCancel(reason)
    _end(booking)
    telling.tell_cancelled(booking)
    fill_places(session=session)
    return booking


@transaction.atomic
def say_need(*, booking: Booking, by: Member, needs: str) -> Booking:
    """Keep what somebody needs to take part, or forget it when they need nothing."""
    if booking.member_id != by.pk:
        raise PermissionDenied
    if needs.strip():
        _note_need(booking, needs)
    else:
        AccessNeed.objects.filter(booking=booking).delete()
    return booking


def fill_places(*, session: Session) -> list[Booking]:
    """Give the free places to who waits, in order, and return the bookings that moved up.

    Called inside a transaction that has locked the session. Whom the session is not for any more
    is taken out of the line, and told why.
    """
    if not session.takes_bookings:
        return []
    waiting = session.bookings.waiting().select_related("member")
    room, free = _room(session), _free_places(session)
    promoted: list[Booking] = []
    while line := list(waiting[: None if room is None else room - len(promoted)]):
        promoted += [booking for booking in line if _moves_up(booking, session, free)]
    return promoted


def lock_session(pk: int) -> Session:
    """Return the session as it is now; until the transaction ends nobody else books or changes it.

    Rows that only point at it, such as a check-in, need not wait.
    """
    session: Session = Session.objects.select_for_update(no_key=True).get(pk=pk)
    return session


def void_bookings(*, session: Session) -> list[Booking]:
    """Cancel what is booked of a session that is cancelled, and return those bookings.

    Called inside a transaction that has locked the session and noted when it was cancelled.
    Nobody is told here.
    """
    active = session.bookings.active().select_related("member")
    voided = list(active.order_by("pk"))
    for booking in voided:
        booking.session = session
        _end(booking)
    return voided


def _moves_up(booking: Booking, session: Session, free: Iterator[int]) -> bool:
    """Give somebody who waits a place, or take them out of the line; return which."""
    booking.session = session
    reason = closed_to(session, booking.member)
    if reason or not booking.member.is_active:
        _end(booking)
        telling.tell_passed_over(booking, reason=reason)  # who has left gets no mail
        return False
    booking.status, booking.place = Status.BOOKED, next(free)
    booking.waiting_number, booking.promoted_at = None, timezone.now()
    booking.turn += 1
    booking.save()
    telling.tell_promoted(booking)
    return True


def _begun(booking: Booking | None, session: Session, member: Member) -> Booking:
    """Return the booking to fill in: a new one, or the one they had cancelled, one turn on."""
    if booking is None:
        booking = Booking(session=session, member=member, reference=_reference())
    else:
        booking.session, booking.member = session, member
        booking.turn += 1
    booking.booked_at = timezone.now()
    booking.promoted_at = booking.cancelled_at = None
    return booking


def _line_up(booking: Booking, session: Session) -> None:
    """Save a booking with a place, or behind all who wait. Nobody jumps those."""
    count = _counted(session)
    if count["last"] and _has_room(session, count["taken"]):
        # Somebody is gone without having cancelled: their record was deleted.
        fill_places(session=session)
        count = _counted(session)
    if count["last"] or not _has_room(session, count["taken"]):
        booking.status, booking.place = Status.WAITING, None
        booking.waiting_number = (count["last"] or 0) + 1
    else:
        has_gaps = count["taken"] != (count["highest"] or 0)
        booking.status, booking.waiting_number = Status.BOOKED, None
        booking.place = next(_free_places(session)) if has_gaps else count["taken"] + 1
    booking.save()


def _counted(session: Session) -> dict[str, Any]:
    """Return how many places are taken, the highest of them, and the last number of the line."""
    return session.bookings.aggregate(
        taken=Count("place"), highest=Max("place"), last=Max("waiting_number")
    )


def _has_room(session: Session, taken: int) -> bool:
    return session.capacity is None or taken < session.capacity


def _end(booking: Booking) -> None:
    """Save a booking as cancelled: its place is free, its number may be given again.

    What they need is of no use to anybody any more.
    """
    booking.status, booking.place, booking.waiting_number = Status.CANCELLED, None, None
    booking.cancelled_at = booking.session.cancelled_at or timezone.now()
    booking.turn += 1
    booking.save()
    AccessNeed.objects.filter(booking=booking).delete()


def _free_places(session: Session) -> Iterator[int]:
    """Return the numbers that are free, the smallest first."""
    taken = set(session.bookings.booked().values_list("place", flat=True))
    yield from (number for number in count(1) if number not in taken)


def _room(session: Session) -> int | None:
    """Return how many more people a session has places for; None is as many as come."""
    if session.capacity is None:
        return None
    return max(0, session.capacity - session.bookings.booked().count())


def _note_need(booking: Booking, needs: str) -> None:
    """Keep what somebody needs, sealed. Empty words take nothing back."""
    if needs.strip():
        AccessNeed.objects.update_or_create(
            booking=booking,
            defaults={"sealed": sealing.seal(needs.strip()), "written_at": timezone.now()},
        )


def _one_booking_at_a_time(member: Member) -> None:
    hold_person(member.pk)


def _reference() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
