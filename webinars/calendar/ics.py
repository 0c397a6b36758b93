"""Sessions as calendars read them (RFC 5545): one entry for good, whatever becomes of it.

There is nobody in it but the organisation, no joining link, and of a sensitive webinar no title:
calendars are shared with families and employers.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vDuration

from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webinars.models import Booking, Session

ALARM = timedelta(hours=1)  # before the start
ASK_AGAIN = timedelta(hours=1)  # how often a calendar may look whether its feed has changed
# The law since 1996. Written as rules, since Outlook reads no lists of dates.
ZONE = Timezone.from_ical("""\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""")


class State(NamedTuple):
    """How an entry stands: two of the same state are the same, to the letter."""

    status: str  # STATUS of RFC 5545
    number: int  # SEQUENCE
    changed_at: datetime


def event_text(
    session: Session,
    *,
    booking: Booking | None = None,
    cancelled: bool = False,
    organisation: Organisation | None = None,
) -> str:
    """Return the calendar file of one session, as it stands for one booking of it.

    The same state gives the same text. A cancelled session or booking takes the entry out of the
    calendar again. Who asks for many gives the `organisation`.
    """
    now = state(session, booking, cancelled=cancelled)
    event = _event(session, now, organisation or Organisation.load())
    return _calendar([event], method="CANCEL" if now.status == "CANCELLED" else "PUBLISH")


def feed_text(bookings: Iterable[Booking], *, name: str) -> str:
    """Return the calendar of all these bookings, each as it stands."""
    organisation = Organisation.load()
    events = [
        _event(booking.session, state(booking.session, booking), organisation)
        for booking in bookings
    ]
    return _calendar(events, method="PUBLISH", name=name)


def shown_title(session: Session) -> str:
    """Return what the session is called where others may read along."""
    return _("Training session") if session.webinar.is_sensitive else session.webinar.title


def state(session: Session, booking: Booking | None, *, cancelled: bool = False) -> State:
    """Return how the entry of a session stands, for a booking of it if there is one.

    Each change raises either the session's number or the booking's turn, so their sum only grows:
    what was cancelled and is booked again comes back into the calendar.
    """
    moments: list[datetime | None] = [session.changed_at]
    if booking:
        moments += [booking.booked_at, booking.promoted_at, booking.cancelled_at]
    if cancelled or session.is_cancelled or (booking and booking.is_cancelled):
        status = "CANCELLED"
    else:
        status = "TENTATIVE" if booking and booking.is_waiting else "CONFIRMED"
    number = session.sequence + (booking.turn if booking else 0)
    return State(status, number, max(moment for moment in moments if moment))


def _calendar(events: Iterable[Event], *, method: str, name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Duty of Care//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    calendar.add_component(ZONE)
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(session: Session, now: State, by: Organisation) -> Event:
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    page = site + session.get_absolute_url()
    starts_at, ends_at = _written(session)
    event = Event()
    event.add("uid", f"{session.uid}@{urlsplit(site).hostname}")
    event.add("sequence", now.number)
    event.add("dtstamp", now.changed_at.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", shown_title(session))
    event.add("description", _description(page, site))
    event.add("location", _("Online"))
    event.add("url", page)
    event.add("class", "PRIVATE")
    event.add("organizer", _organizer(by))
    event.add("status", now.status)
    if now.status == "CONFIRMED":
        event.add_component(_alarm(session))
    return event


def _written(session: Session) -> tuple[datetime, datetime]:
    """Return start and end by the clock in London, or both in UTC when that says it twice.

    In the night when the clocks go back there are two half past ones; a calendar takes the first.
    """
    london = timezone.get_default_timezone()
    moments = session.starts_at.astimezone(london), session.ends_at.astimezone(london)
    if any(moment.fold for moment in moments):
        return session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    return moments


def _description(page: str, site: str) -> str:
    return "\n".join(
        [
            _("Your session's page: %s") % page,
            _("The link to join is there from 30 minutes before the start."),
            _("Get support: %s") % f"{site}/support/",
        ]
    )


def _organizer(by: Organisation) -> vCalAddress:
    address = vCalAddress(f"mailto:{by.contact_email}")
    address.params["CN"] = by.name
    return address


def _alarm(session: Session) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", shown_title(session))
    alarm.add("trigger", -ALARM)
    return alarm
