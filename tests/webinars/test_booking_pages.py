"""Taking a place and giving it back, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.visiting import PASSWORD, read, signed_in, text, url
from webinars.booking.verbs import book
from webinars.models import Booking

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Member:
    return signed_in(client)


# --- Booking -------------------------------------------------------------------------------------
def test_what_we_know_is_not_asked(client: Client, member: Member) -> None:
    said = text(client.get(url("book", SessionFactory())))
    assert member.get_full_name() in said
    assert member.email in said
    assert "deleted 30 days after the session" in said


def test_without_an_address_it_says_so(client: Client) -> None:
    client.force_login(MemberFactory(without_email=True))
    session = SessionFactory()
    assert "We have no e-mail address for you" in text(client.get(url("book", session)))
    client.post(url("book", session))
    assert "come back here for it" in read(client, session)


def test_booked_and_booked_again_is_one_booking(client: Client, member: Member) -> None:
    session = SessionFactory()
    for _ in range(2):
        response = client.post(url("book", session), {"needs": "Captions"})
        assert response.url == url("session", session)
    booking = Booking.objects.get()
    assert booking.need.text == "Captions"
    assert client.get(url("book", session)).url == url("session", session)
    assert booking.reference in read(client, session)


def test_full_it_says_so_before_and_after(client: Client, member: Member) -> None:
    session = SessionFactory(capacity=1)
    book(session=session, by=MemberFactory())
    assert "Join the waiting list" in text(client.get(url("book", session)))
    client.post(url("book", session))
    said = read(client, session)
    assert "You are on the waiting list" in said
    assert "Leave the waiting list" in said


def test_a_clash_is_asked_about(client: Client, member: Member) -> None:
    mine = book(session=SessionFactory(), by=member)
    session = SessionFactory(starts_at=mine.session.starts_at)
    assert mine.session.webinar.title in text(client.get(url("book", session)))
    refused = text(client.post(url("book", session), {"needs": "Captions"}))
    assert "Error:" in refused
    assert "Captions" in refused
    assert client.post(url("book", session), {"book_anyway": "on"}).status_code == 302
    assert Booking.objects.booked().count() == 2


def test_a_refusal_is_said_before_and_after(client: Client, member: Member) -> None:
    mine = book(session=SessionFactory(), by=member)
    session = SessionFactory(webinar=mine.session.webinar)
    assert "another session of this webinar" in text(client.get(url("book", session)))
    response = client.post(url("book", session))
    assert response.status_code == 409
    assert "another session of this webinar" in text(response)


def test_too_many_words_are_kept_and_refused(client: Client, member: Member) -> None:
    response = client.post(url("book", session := SessionFactory()), {"needs": "a" * 1001})
    assert "at most 1,000 characters" in text(response)
    assert "a" * 1001 in text(response)
    assert not session.bookings.exists()


def test_what_was_posted_after_the_session_had_ended_is_booked(
    client: Client, member: Member
) -> None:
    session = SessionFactory()
    client.logout()
    asked = client.post(url("book", session), {"who": member.pk, "needs": "Captions"})
    signed_in = {"login": member.email, "password": PASSWORD}
    response = client.post(asked.url, signed_in, follow=True)
    assert response.redirect_chain[-1][0] == url("session", session)
    assert Booking.objects.get().need.text == "Captions"


def test_it_is_not_booked_for_somebody_else_who_signs_in(client: Client, member: Member) -> None:
    session = SessionFactory()
    client.logout()
    asked = client.post(url("book", session), {"who": member.pk + 1, "needs": "Captions"})
    signed_in = {"login": member.email, "password": PASSWORD}
    response = client.post(asked.url, signed_in, follow=True)
    assert "Check and confirm" in text(response)
    assert "Captions</textarea>" not in text(response)
    assert not Booking.objects.exists()


# --- Giving it back ------------------------------------------------------------------------------
def test_cancelling_is_asked_about_and_happens_once(client: Client, member: Member) -> None:
    booking = book(session=SessionFactory(), by=member)
    assert "Cancel your booking?" in text(client.get(url("cancel", booking.session)))
    for _ in range(2):
        response = client.post(url("cancel", booking.session))
        assert response.url == url("session", booking.session)
    booking.refresh_from_db()
    assert (booking.status, booking.turn) == ("cancelled", 2)
    assert "Book again" in read(client, booking.session)


def test_what_is_over_cannot_be_cancelled(client: Client, member: Member) -> None:
    booking = BookingFactory(session__over=True, member=member)
    assert client.get(url("cancel", booking.session)).status_code == 302
    response = client.post(url("cancel", booking.session), follow=True)
    assert "This session is over" in text(response)
    booking.refresh_from_db()
    assert booking.is_booked


def test_a_need_can_be_said_later_and_taken_back(client: Client, member: Member) -> None:
    booking = book(session=SessionFactory(), by=member)
    client.post(url("need", booking.session), {"needs": "A break half-way"})
    assert "A break half-way" in text(client.get(url("need", booking.session)))
    client.post(url("need", booking.session), {"needs": ""})
    assert "A break" not in text(client.get(url("need", booking.session)))
