"""Once a session has begun a place stays: nobody else can use it, and who stays away is absent."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import pytest

from members.models import Mail
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory
from tests.webinars.visiting import read, signed_in, text, url
from webinars import telling
from webinars.booking.refusals import BEGUN
from webinars.booking.verbs import CannotCancel, book, cancel_booking
from webinars.models import WebinarSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from webinars.models import Booking, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun() -> Session:
    return SessionFactory(live_now=True, capacity=1)


def test_a_place_stays_and_who_waits_may_leave(begun: Session) -> None:
    booking, waiting = (book(session=begun, by=who) for who in MemberFactory.create_batch(2))
    with pytest.raises(CannotCancel, match="has begun"):
        cancel_booking(booking=booking, by=booking.member)
    assert cancel_booking(booking=waiting, by=waiting.member).is_cancelled
    booking.refresh_from_db()
    assert booking.is_booked


def test_until_it_begins_it_is_given_back() -> None:
    booking = BookingFactory(session__soon=True)
    assert cancel_booking(booking=booking, by=booking.member).is_cancelled


def test_the_page_does_not_offer_it_and_says_why(client: Client, begun: Session) -> None:
    booking = BookingFactory(session=begun, member=signed_in(client))
    said = read(client, begun)
    assert "Cancel your booking" not in said
    assert "Tell us what you need" in said
    for answer in (
        client.get(url("cancel", begun), follow=True),
        client.post(url("cancel", begun), follow=True),
    ):
        assert BEGUN in text(answer)
    booking.refresh_from_db()
    assert booking.is_booked


def test_the_page_offers_to_leave_the_waiting_list(client: Client, begun: Session) -> None:
    BookingFactory(session=begun, member=signed_in(client), waiting=True)
    assert "Leave the waiting list" in read(client, begun)
    client.post(url("cancel", begun))
    assert begun.bookings.get().is_cancelled


def moved(booking: Booking) -> None:
    telling.tell_all_moved(booking.session, before=copy(booking.session))


@pytest.mark.parametrize("tell", [telling.tell_booked, telling.tell_promoted, moved])
def test_mails_offer_it_only_before(begun: Session, tell: Callable[[Booking], None]) -> None:
    for session, offers in ((begun, False), (SessionFactory(), True)):
        Mail.objects.all().delete()
        tell(BookingFactory(session=session))
        mail = Mail.objects.order_by("pk").first()
        for part in (mail.text, mail.html):
            assert ("please cancel on the page before the session begins" in part) is offers
            assert ("See or cancel your booking" in part) is offers
            assert "Your session's page" in part or offers


def test_the_next_session_of_the_webinar_may_be_booked() -> None:
    """Who came too late for this one is not asked to cancel what cannot be cancelled."""
    settings = WebinarSettings.load()
    settings.most_bookings = 1
    settings.save()
    webinar, who = WebinarPageFactory(), MemberFactory()
    book(session=SessionFactory(webinar=webinar, live_now=True), by=who)
    assert book(session=SessionFactory(webinar=webinar), by=who).is_booked
