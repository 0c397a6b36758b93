"""What people are told about their sessions. Called by verbs, inside their transaction.

A mail is named after the booking and the turn or the change it is about, so it is posted once.
What a mail says was true when it was posted, and mails about a session leave in the order in which
they were posted. Only what would lead people astray is taken back if it has not left: reminders
and ways in of a session that has changed since.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from members.declining import path_for
from members.mail import post_mails
from members.models import Mail
from webinars.calendar.ics import state
from webinars.mails import Letters, host_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from members.mail import Rendered
    from members.models import Member
    from webinars.models import Booking, SentMessage, Session
    from webinars.models.booking import BookingQuerySet

KIND = "webinar"
HOST = "webinar-host"
REMINDER, THANKS = "webinar-reminder", "webinar-thanks"  # kinds that people may switch off
ASTRAY = frozenset({"way_in", "reminder"})
# What is about a session that starts within this time wakes people up.
AT_ONCE = timedelta(hours=24)


def tell_booked(booking: Booking) -> None:
    """Confirm a place; who books when the way in is open gets the way in too."""
    post("booked", [booking], about=_turn, quiet=_can_wait(booking.session))
    tell_way_in(booking.session, bookings=[booking])


def tell_waiting(booking: Booking) -> None:
    """Confirm that somebody is on the waiting list."""
    post("waiting", [booking], about=_turn, quiet=_can_wait(booking.session))


def tell_promoted(booking: Booking) -> None:
    """Say that somebody who waited has a place now."""
    post("promoted", [booking], about=_turn, quiet=_can_wait(booking.session))
    tell_way_in(booking.session, bookings=[booking])


def tell_cancelled(booking: Booking) -> None:
    """Confirm that somebody cancelled their own place, or left the waiting list."""
    quiet = _can_wait(booking.session)
    _clear_the_way([booking], quiet=quiet)
    post("cancelled", [booking], about=_turn, quiet=quiet)


def tell_passed_over(booking: Booking, *, reason: str) -> None:
    """Say why somebody who waited did not get the place that became free."""
    quiet = _can_wait(booking.session)
    _clear_the_way([booking], quiet=quiet)
    post("passed_over", [booking], about=_turn, quiet=quiet, reason=reason)


def tell_all_moved(session: Session, *, before: Session) -> None:
    """Tell all with a place, and all who wait, what changed; `before` is the session as it was."""
    quiet = _can_wait(session) and _can_wait(before)
    bookings = _with_people(session, session.bookings.active())
    _clear_the_way(bookings, quiet=quiet)
    is_new_time = (before.starts_at, before.ends_at) != (session.starts_at, session.ends_at)
    facts: dict[str, Any] = {"before": before, "is_new_time": is_new_time}
    post("moved", bookings, about=_change, quiet=quiet, **facts)
    tell_way_in(session, bookings=bookings)


def tell_all_cancelled(session: Session, *, bookings: Iterable[Booking]) -> None:
    """Tell these people that the session does not take place."""
    told, quiet = list(bookings), _can_wait(session)
    _clear_the_way(told, quiet=quiet)
    post("called_off", told, about=_change, quiet=quiet)


def tell_all(session: Session, *, message: SentMessage) -> int:
    """Send each who has a place what the host wrote; return how many mails that were."""
    bookings = having_a_place(session)
    about = f"message-{message.pk}"
    quiet = _can_wait(session)
    return post("message", bookings, about=lambda _: about, quiet=quiet, message=message)


def tell_hosts(session: Session, *, hosts: Iterable[Member], by: Member) -> None:
    """Tell those whom `by` has named as hosts what they host and what that means: each once for
    a session. Who names themself knows it."""
    to = {f"webinar:host:{session.pk}:{host.pk}": host for host in hosts if host != by}
    if not to or session.is_cancelled or session.has_ended:
        return
    letter = host_letters(session, by=by)
    post_mails(to=to, say=lambda _, host: letter(host), kind=HOST, quiet=_can_wait(session))


def tell_way_in(session: Session, *, bookings: Iterable[Booking]) -> int:
    """Send those of them who have a place the way in, if it is open: once, until it changes."""
    if not session.may_be_joined:
        return 0
    having = [booking for booking in bookings if booking.is_booked]
    facts: dict[str, Any] = {}
    if session.tool == session.Tool.LINK and session.join_url:
        facts = {"url": session.join_url, "link": ""}  # the one link of the mail
    return post("way_in", having, about=_state, quiet=False, **facts)


def post(  # noqa: PLR0913 (as many as a mail has parts)
    what: str,
    bookings: Iterable[Booking],
    *,
    about: Callable[[Booking], object],
    kind: str = KIND,
    quiet: bool = True,
    optional: bool = False,
    **facts: Any,
) -> int:
    """Post the mail `what` about each booking, once for each `about`; return how many were new."""
    by_key = {f"webinar:{what}:{booking.pk}:{about(booking)}": booking for booking in bookings}
    letters = Letters(what, facts)

    def say(key: str, member: Member) -> Rendered:
        off = {"off": path_for(member, kind)} if optional else {}
        return letters.about(by_key[key], **off)

    to = {key: booking.member for key, booking in by_key.items()}
    return post_mails(to=to, say=say, kind=kind, quiet=quiet, optional=optional)


def _turn(booking: Booking) -> int:
    return booking.turn


def _change(booking: Booking) -> int:
    return booking.session.sequence


def _state(booking: Booking) -> int:
    return state(booking.session, booking).number


def _can_wait(session: Session) -> bool:
    return session.starts_at - timezone.now() > AT_ONCE


def having_a_place(session: Session) -> list[Booking]:
    """Return who has booked a session, with their people; always in the same order."""
    return _with_people(session, session.bookings.booked())


def _with_people(session: Session, bookings: BookingQuerySet) -> list[Booking]:
    found = list(bookings.select_related("member").order_by("pk"))
    for booking in found:
        booking.session = session
    return found


def _clear_the_way(bookings: Iterable[Booking], *, quiet: bool) -> None:
    """Take back, of what has not left, what is no longer so; let no later mail overtake the rest.

    A mail that a worker has in hand leaves as it is.
    """
    told = list(bookings)
    ids = {str(booking.pk) for booking in told}
    waiting = Mail.objects.unsettled().filter(
        member__in=[booking.member_id for booking in told],
        kind__in=[KIND, REMINDER],
        claimed_at=None,
    )
    astray: list[int] = []
    others: list[int] = []
    for pk, key in waiting.select_for_update(skip_locked=True).values_list("pk", "key"):
        _, what, booking, _ = key.split(":", 3)
        if booking in ids:
            (astray if what in ASTRAY else others).append(pk)
    Mail.objects.filter(pk__in=astray).delete()
    if not quiet:
        waiting_for_morning = Mail.objects.filter(pk__in=others, quiet=True)
        waiting_for_morning.update(quiet=False, not_before=timezone.now())
