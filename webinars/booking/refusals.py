"""Why somebody cannot book, each with the reason and what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.dates import moment_words
from webinars.audience import closed_to
from webinars.models import WebinarSettings

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Booking, Session

CANCELLED = "This session was cancelled."
OVER = "This session is over."
BEGUN = (
    "This session has begun, so your place can no longer be given to somebody else and your "
    "booking stays. You need not do anything."
)
UNPUBLISHED = "This session cannot be booked at the moment."
SAME_WEBINAR = (
    "You {have} another session of this webinar, at {when}. "
    "Cancel that one first if you would rather come to this one."
)
TOO_MANY = (
    "You have booked or wait for {most} sessions that are still to come, and that is the most one "
    "person can have. Cancel one of them to make room."
)
CLASH = "You {have} “{title}”, at {when}. That is at the same time as this session."


class CannotBook(Exception):  # noqa: N818 (a refusal, not a fault)
    """This cannot be booked; the message is for the person and says why and what to do."""


class Clash(CannotBook):
    """Something else of theirs is at the same time. They may book all the same."""

    def __init__(self, other: Booking) -> None:
        super().__init__(said(CLASH, other))
        self.other = other


class CannotCancel(Exception):  # noqa: N818 (a refusal, not a fault)
    """This cannot be cancelled any more; the message says why."""


def check_session(session: Session) -> None:
    """Refuse a session that nobody can book any more, or not yet."""
    if session.is_cancelled:
        raise CannotBook(CANCELLED)
    if session.has_ended:
        raise CannotBook(OVER)
    if not session.webinar.live:
        raise CannotBook(UNPUBLISHED)


def why_it_stays(booking: Booking) -> str:
    """Return why a booking cannot be cancelled any more; "" when it can.

    Once the session has begun nobody else could use the place, and who does not come is absent.
    Who only waits may leave the list as long as there is one.
    """
    if booking.session.has_ended:
        return OVER
    return BEGUN if booking.is_booked and booking.session.has_started else ""


def check_member(session: Session, member: Member, *, despite_clash: bool = False) -> None:
    """Refuse somebody whom the session is not for, or who has enough of them."""
    if reason := closed_to(session, member):
        raise CannotBook(reason)
    others = upcoming_bookings(member, beside=session)
    ahead = [other for other in others if not other.session.has_started]
    for other in ahead:
        if other.session.webinar_id == session.webinar_id:
            raise CannotBook(said(SAME_WEBINAR, other))
    if ahead and len(ahead) >= (most := WebinarSettings.load().most_bookings):
        raise CannotBook(TOO_MANY.format(most=most))
    if not despite_clash and (clash := clashing(session, others)):
        raise Clash(clash)


def upcoming_bookings(member: Member, *, beside: Session) -> list[Booking]:
    """Return what else somebody has booked or waits for, the next first."""
    others = member.bookings.active().upcoming().exclude(session=beside)
    return list(others.select_related("session"))


def clashing(session: Session, others: list[Booking]) -> Booking | None:
    """Return the first of these bookings that is at the same time as `session`."""
    return next(
        (
            other
            for other in others
            if other.session.starts_at < session.ends_at
            and other.session.ends_at > session.starts_at
        ),
        None,
    )


def said(sentence: str, other: Booking) -> str:
    """Say a sentence about another booking of the same person."""
    return sentence.format(
        have="have booked" if other.is_booked else "are on the waiting list of",
        title=other.session.webinar.title,
        when=moment_words(other.session.starts_at),
    )
