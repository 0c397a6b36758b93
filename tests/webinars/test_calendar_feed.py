"""One's own calendar at an address of one's own, and nobody else's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from members.models import Organisation
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from webinars.calendar.feeds import address_of, renew_feed
from webinars.models import CalendarFeed

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def member() -> Member:
    return MemberFactory()


def path_of(member: Member) -> str:
    return urlsplit(address_of(renew_feed(by=member))).path


def statuses(client: Client, path: str) -> dict[str, str]:
    """Return, by the end of the session's address, how each entry stands."""
    calendar = Calendar.from_ical(client.get(path).content)
    return {event["url"].split("/")[-2]: event["status"] for event in calendar.walk("VEVENT")}


def test_it_holds_what_is_mine_and_how_it_stands(client: Client, member: Member) -> None:
    now = timezone.now()
    mine = {
        "CONFIRMED": BookingFactory(member=member),
        "TENTATIVE": BookingFactory(member=member, waiting=True),
        "CANCELLED": BookingFactory(member=member, cancelled=True),
    }
    last_month = BookingFactory(member=member, session__over=True)
    expected = {str(booking.session_id): status for status, booking in mine.items()}
    expected[str(last_month.session_id)] = "CONFIRMED"
    # Too long ago: over for more than 30 days, cancelled for more than 30 days.
    BookingFactory(member=member, session__starts_at=now - 31 * DAY)
    BookingFactory(member=member, cancelled=True, cancelled_at=now - 31 * DAY)
    BookingFactory(session=SessionFactory())
    assert statuses(client, path_of(member)) == expected


def test_no_session_is_needed_and_nothing_is_kept(client: Client, member: Member) -> None:
    response = client.get(path_of(member))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert Calendar.from_ical(response.content)["x-wr-calname"] == "My training sessions"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in response.content
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in response.content


@pytest.mark.parametrize("bookings", [1, 20])
def test_it_costs_the_same_however_many(
    client: Client,
    member: Member,
    bookings: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    webinar = BookingFactory(member=member).session.webinar
    for _ in range(bookings - 1):
        BookingFactory(member=member, session__webinar=webinar)
    path = path_of(member)
    Organisation.load()
    owner, own, organisation = 1, 1, 1
    with django_assert_num_queries(owner + own + organisation):
        client.get(path)


def test_a_new_address_makes_the_old_one_void(client: Client, member: Member) -> None:
    client.force_login(member)
    page = reverse("webinars:calendar")
    assert "Make my address" in client.get(page).content.decode()
    assert not CalendarFeed.objects.exists()  # looking makes none
    first = client.post(page, follow=True).context["address"]
    assert client.get(page).context["address"] == first
    assert client.get(page).context["subscribe"].startswith("webcal://")
    second = client.post(page, follow=True).context["address"]
    client.logout()
    assert client.get(urlsplit(first).path).status_code == 404
    assert client.get(urlsplit(second).path).status_code == 200


def test_other_addresses_and_people_who_left_are_told_the_same(
    client: Client, member: Member
) -> None:
    good = path_of(member)
    other = Signer(salt="something else").sign_object([member.pk, 1])
    unmade = Signer(salt="webinars.calendar").sign_object([MemberFactory().pk, 1])
    wrong = [reverse("webinars:feed", args=[token]) for token in ("x", "a:b", other, unmade)]
    wrong.append(good.replace(":", ":A"))
    answers = [client.get(path) for path in wrong]
    member.is_active = False
    member.save()
    answers.append(client.get(good))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_it_is_only_read(client: Client, member: Member) -> None:
    assert client.post(path_of(member)).status_code == 405
