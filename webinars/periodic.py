"""What is told when its time has come: the way in, the reminder, the thanks afterwards.

Each is posted once for a booking, so all this may run as often as anybody likes, and twice at once.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.dates import end_of, today
from members.waking import next_waking_moment
from webinars import telling
from webinars.booking.verbs import lock_session
from webinars.models import Session, WebinarPage
from webinars.models.session import JOIN_OPENS
from webinars.telling import having_a_place

if TYPE_CHECKING:
    from typing import Any

    from webinars.models import Booking

REMIND_AT = time(10)  # in London, the day before
THANK_FOR = timedelta(days=2)  # after the end; later nobody expects it any more


def send_ways_in() -> int:
    """Send all who have a place of a session that begins soon, or goes on, the way in."""
    now = timezone.now()
    near = Session.objects.standing().filter(starts_at__lte=now + JOIN_OPENS, ends_at__gt=now)
    return sum(_send_way_in(pk) for pk in near.values_list("pk", flat=True))


def send_reminders() -> int:
    """Remind, from 10:00 on, who has a place tomorrow and did not get it only since then."""
    now, moment = timezone.now(), timezone.make_aware(datetime.combine(today(), REMIND_AT))
    if now < moment or next_waking_moment(now) != now:
        return 0
    tomorrow = today() + timedelta(days=1)
    near = Session.objects.standing().filter(
        starts_at__gte=end_of(today()), starts_at__lt=end_of(tomorrow)
    )
    ids = near.values_list("pk", flat=True)
    return sum(_remind(pk, day=tomorrow, since=moment) for pk in ids)


def send_thanks() -> int:
    """Thank who had a place, once it is over; not those who were told that it was cancelled."""
    now = timezone.now()
    over = Session.objects.standing().filter(ends_at__lte=now, ends_at__gt=now - THANK_FOR)
    return sum(_thank(pk) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def _send_way_in(pk: int) -> int:
    # Locked, so that nobody moves it or changes the way in while it is being sent.
    session = lock_session(pk)
    return telling.tell_way_in(session, bookings=having_a_place(session))


@transaction.atomic
def _remind(pk: int, *, day: date, since: datetime) -> int:
    session = lock_session(pk)
    if session.is_cancelled or timezone.localdate(session.starts_at) != day:
        return 0
    told = [booking for booking in having_a_place(session) if _has_it_since(booking) < since]
    kind = telling.REMINDER
    return telling.post("reminder", told, about=lambda _: day, kind=kind, optional=True)


@transaction.atomic
def _thank(pk: int) -> int:
    session = lock_session(pk)
    facts: dict[str, Any] = {
        "by_code": session.by_code,
        "recorded": session.webinar.recorded != WebinarPage.Recorded.NO,
        "link": reverse("feedback:give", args=[f"session:{session.pk}"]),
    }
    return telling.post(
        "thanks",
        having_a_place(session),
        about=lambda booking: booking.turn,
        kind=telling.THANKS,
        optional=True,
        **facts,
    )


def _has_it_since(booking: Booking) -> datetime:
    return booking.promoted_at or booking.booked_at
