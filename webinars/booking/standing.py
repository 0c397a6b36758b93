"""How one person stands with one session, in a word and in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from webinars.models import Attendance, Booking, Session

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models.session import SessionQuerySet

RECORDED_WITHIN = timedelta(days=3)  # after the end, so we promise
OUTCOMES = Attendance.Outcome
STATES = {  # in a few words, and the colour of the tag
    "free": ("Not booked", "quiet"),
    "booked": ("Booked", "done"),
    "open": ("You can join now", "new"),
    "waiting": ("On the waiting list", "due"),
    "cancelled": ("Booking cancelled", "quiet"),
    "cancelled_by_us": ("Cancelled by us", "late"),
    "ended": ("Attendance not recorded yet", "quiet"),
    "missed": ("You had no place", "quiet"),
    OUTCOMES.ATTENDED: ("You were there", "done"),
    OUTCOMES.PART: ("You were there for a part", "doing"),
    OUTCOMES.UNKNOWN: ("You were there", "doing"),
    OUTCOMES.ABSENT: ("You were not there", "quiet"),
}


@dataclass(frozen=True)
class Standing:
    """One person's booking and attendance of a session, as far as there are any."""

    session: Session
    status: str = ""
    outcome: str = ""

    @property
    def state(self) -> str:
        """The one thing the page of the session is about: a key of STATES."""
        if self.outcome and not self._may_go_back_in:
            return self.outcome
        if self.session.is_cancelled:
            return "cancelled_by_us"
        if self.session.has_ended:
            return "ended" if self.status == Booking.Status.BOOKED else "missed"
        return self._of_a_session_to_come()

    @property
    def words(self) -> str:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def is_any(self) -> bool:
        """Whether the person has, or had, anything to do with the session."""
        return bool(self.status or self.outcome)

    @property
    def is_active(self) -> bool:
        """Whether there is a place, or one on the waiting list."""
        return self.status in {Booking.Status.BOOKED, Booking.Status.WAITING}

    @property
    def is_current(self) -> bool:
        """Whether there is a place, or one on the waiting list, of a session that is not over."""
        return self.is_active and self.session.takes_bookings

    @property
    def is_full(self) -> bool:
        """Whether who books now has to wait (of a session `with_places`)."""
        places = self.session.capacity
        return bool(self.session.waiting or (places and self.session.booked >= places))

    @property
    def is_recorded_soon(self) -> bool:
        """Whether the time in which we promise to record attendance is not over yet."""
        return self.session.ends_at + RECORDED_WITHIN > timezone.now()

    @property
    def _may_go_back_in(self) -> bool:
        """Whether it still goes on for who has checked in: they may have to join again."""
        return self.status == Booking.Status.BOOKED and self.session.may_be_joined

    def _of_a_session_to_come(self) -> str:
        if self.status == Booking.Status.BOOKED:
            return "open" if self.session.may_be_joined else "booked"
        names = {Booking.Status.WAITING: "waiting", Booking.Status.CANCELLED: "cancelled"}
        return names[Booking.Status(self.status)] if self.status else "free"


def with_standing(sessions: SessionQuerySet, member: Member) -> SessionQuerySet:
    """Say of each session, as `my_status` and `my_outcome`, how `member` stands with it."""
    own = {"session": OuterRef("pk"), "member": member}
    return sessions.annotate(
        my_status=Subquery(Booking.objects.filter(**own).values("status")),
        my_outcome=Subquery(Attendance.objects.filter(**own).values("outcome")),
    )


def sessions_of(member: Member) -> SessionQuerySet:
    """Return the sessions somebody has booked, waits for or was at, and those of which we
    cancelled their booking; not what they cancelled themselves."""
    by_us = Q(cancelled_at=F("session__cancelled_at"))
    booked = Booking.objects.filter(~Q(status=Booking.Status.CANCELLED) | by_us, member=member)
    was_there = Attendance.objects.filter(member=member)
    return with_standing(
        Session.objects.filter(
            Q(pk__in=booked.values("session")) | Q(pk__in=was_there.values("session"))
        ),
        member,
    )


def standing(session: Session) -> Standing:
    """Return the standing of the person for whom this session was read (`with_standing`)."""
    status, outcome = session.my_status, session.my_outcome  # type: ignore[attr-defined]
    return Standing(session, status or "", outcome or "")
