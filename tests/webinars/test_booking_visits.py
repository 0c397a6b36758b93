"""Whose pages these are, who gets the way in, and what a page costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.members.factories import UnitFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.visiting import read, signed_in, text, url
from webinars.booking.verbs import book
from webinars.models import Booking

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Member:
    return signed_in(client)


# --- Whose it is ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["session", "book", "cancel", "join", "need"])
def test_there_is_no_page_of_what_is_not_open_to_somebody(
    client: Client, member: Member, name: str
) -> None:
    closed = SessionFactory(unit=UnitFactory(region=True))
    draft = SessionFactory(webinar__draft=True)
    for its in (closed, draft):
        book_for_somebody_else = BookingFactory(session=its)
        assert client.get(url(name, its)).status_code == 404
        assert client.post(url(name, its)).status_code in {404, 405}
        assert book_for_somebody_else.is_booked
    assert client.get(reverse(f"webinars:{name}", args=[0])).status_code == 404


def test_a_booking_outlives_the_right_to_book(client: Client, member: Member) -> None:
    its = SessionFactory(unit=UnitFactory(region=True))
    BookingFactory(session=its, member=member)
    assert "You have a place" in read(client, its)


def test_nobody_sees_another(client: Client, member: Member) -> None:
    its = SessionFactory(soon=True, capacity=2)
    others = [BookingFactory(session=its), BookingFactory(session=its)]
    book(session=its, by=member)
    pages = [read(client, its), text(client.get(reverse("webinars:mine")))]
    pages += [text(client.get(url(name, its))) for name in ("cancel", "need")]
    for other in others:
        for page in pages:
            assert other.reference not in page
            assert other.member.family_name not in page
    assert its.join_url not in pages[0]


def test_somebody_elses_booking_cannot_be_cancelled(client: Client, member: Member) -> None:
    booking = BookingFactory()
    assert client.post(url("cancel", booking.session)).status_code == 404
    booking.refresh_from_db()
    assert booking.is_booked


# --- Going in ------------------------------------------------------------------------------------
def test_the_way_in_is_for_who_has_a_place(client: Client, member: Member) -> None:
    its = SessionFactory(soon=True)
    assert client.get(url("join", its)).url == url("session", its)
    booking = BookingFactory(session=its, member=member)
    said = text(client.get(url("join", its))).replace("&amp;", "&")
    assert f'href="{its.join_url}" rel="noreferrer"' in said
    Booking.objects.filter(pk=booking.pk).update(status="waiting", place=None, waiting_number=1)
    assert client.get(url("join", its)).url == url("session", its)


def test_before_its_time_there_is_no_way_in(client: Client, member: Member) -> None:
    its = SessionFactory()
    BookingFactory(session=its, member=member)
    assert client.get(url("join", its)).url == url("session", its)
    assert its.join_url not in read(client, its)


def test_a_meeting_of_ours_asks_for_a_name(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    its = SessionFactory(soon=True, tool="bigbluebutton", join_url="")
    BookingFactory(session=its, member=member)
    made = "https://meet.example.org/join?checksum=1"
    monkeypatch.setattr("webinars.booking.views.way_in", lambda *_, name, **__: f"{made}&n={name}")
    assert 'value="Sam"' in text(client.get(url("join", its)))
    assert "Give the name" in text(client.post(url("join", its), {"name": " "}))
    said = text(client.post(url("join", its), {"name": "S."})).replace("&amp;", "&")
    assert f"{made}&n=S." in said


def test_a_meeting_that_cannot_be_made_is_explained(client: Client, member: Member) -> None:
    its = SessionFactory(soon=True, join_url="", dial_in="020 7946 0000, code 12")
    BookingFactory(session=its, member=member)
    response = client.get(url("join", its))
    assert response.status_code == 503
    assert "has not given the joining link yet" in text(response)
    assert "020 7946 0000" in text(response)


# --- What it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "session", "queries"),
    [("session", {}, 9), ("book", {}, 8), ("cancel", {}, 6), ("join", {"soon": True}, 5)],
)
def test_pages_cost_the_same_however_many_come(  # noqa: PLR0917
    client: Client,
    member: Member,
    django_assert_num_queries: object,
    name: str,
    session: dict[str, bool],
    queries: int,
) -> None:
    its = SessionFactory(**session)
    if name != "book":
        BookingFactory(session=its, member=member)
    client.get(url(name, its))
    for more in (0, 19):
        BookingFactory.create_batch(more, session=its)
        with django_assert_num_queries(queries):
            client.get(url(name, its))


def test_my_sessions_cost_the_same_however_many_there_are(
    client: Client, member: Member, django_assert_num_queries: object
) -> None:
    webinar = SessionFactory().webinar
    client.get(reverse("webinars:mine"))
    for more in (1, 19):
        for over in (True, False) * more:
            its = SessionFactory(webinar=webinar, over=over)
            BookingFactory(member=member, session=its)
            BookingFactory(session=its)
        with django_assert_num_queries(7):
            client.get(reverse("webinars:mine"))
