"""One session as calendars read it, read back with another's eyes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from members.models import Organisation
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars.calendar.ics import event_text
from webinars.models import Booking, Session, WebinarPage

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NIGHTS = [
    dt.datetime(*day, tzinfo=dt.UTC) for day in ((2026, 3, 29), (2026, 10, 25), (2027, 3, 28))
]
MINUTES = dt.timedelta(minutes=1)
NEAR_A_CHANGE = st.builds(
    lambda night, minutes: night + minutes * MINUTES,
    st.sampled_from(NIGHTS),
    st.integers(-24 * 60, 24 * 60),
)
ANY = st.builds(
    lambda night, days, minutes: night + dt.timedelta(days=days, minutes=minutes),
    st.sampled_from(NIGHTS),
    st.integers(0, 3650),
    st.integers(0, 24 * 60),
)


def entry(text: str) -> Component:
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def zone_offset(text: str, local: dt.datetime) -> dt.timedelta:
    """Return what the file's own VTIMEZONE says of a local time, the way RFC 5545 asks for."""
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    begun = []
    for part in zone.subcomponents:
        rule = rrulestr(part["rrule"].to_ical().decode(), dtstart=part["dtstart"].dt)
        begun.append((rule.before(local, inc=True), part["tzoffsetto"].td))
    return max(begun)[1]


@settings(max_examples=60)
@given(st.one_of(NEAR_A_CHANGE, ANY), st.integers(10, 600))
def test_the_time_read_back_is_the_time(starts_at: dt.datetime, minutes: int) -> None:
    session = Session(pk=1, webinar=WebinarPage(title="Speaking up"))
    session.set_time(starts_at, minutes)
    text = event_text(session, organisation=Organisation())
    event = entry(text)
    for name, moment in (("dtstart", starts_at), ("dtend", session.ends_at)):
        read = event[name].dt
        assert read.astimezone(dt.UTC) == moment
        if event[name].params.get("TZID"):
            assert zone_offset(text, read.replace(tzinfo=None)) == read.utcoffset()


def test_in_the_hour_that_comes_twice_it_is_written_in_utc() -> None:
    session = SessionFactory(starts_at=at(2026, 10, 25, 1, 30).replace(fold=1))
    text = event_text(session)
    assert "DTSTART:20261025T013000Z\r\n" in text
    before = SessionFactory(starts_at=at(2026, 10, 24, 18, 30))
    assert "DTSTART;TZID=Europe/London:20261024T183000\r\n" in event_text(before)


def test_what_the_entry_says(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://training.example.org/"
    booking = BookingFactory(session__starts_at=at(2026, 10, 13, 18, 30))
    session = booking.session
    text = event_text(session, booking=booking)
    event = entry(text)
    assert event["uid"] == f"{session.uid}@training.example.org"
    assert event["summary"] == session.webinar.title
    assert event["status"] == "CONFIRMED"
    assert event["class"] == "PRIVATE"
    page = f"https://training.example.org/sessions/{session.pk}/"
    assert page in event["description"]
    assert "https://training.example.org/support/" in event["description"]
    assert event["organizer"] == "mailto:training@example.org"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == dt.timedelta(hours=-1)
    assert Calendar.from_ical(text)["method"] == "PUBLISH"


def test_it_names_nobody_and_not_the_way_in() -> None:
    booking = BookingFactory(session__dial_in="0800 123 456, code 99")
    BookingFactory(session=booking.session)
    text = event_text(booking.session, booking=booking).replace("\r\n ", "")
    assert "ATTENDEE" not in text
    assert booking.session.join_url not in text
    assert "0800" not in text
    for somebody in booking.session.bookings.select_related("member"):
        assert somebody.member.given_name not in text
        assert str(somebody.member.email) not in text


def test_of_a_sensitive_webinar_no_title() -> None:
    webinar = WebinarPageFactory(sensitive=True, title="After an assault")
    text = event_text(SessionFactory(webinar=webinar))
    assert entry(text)["summary"] == "Training session"
    assert "assault" not in text


def test_lines_end_and_fold_as_calendars_want_it() -> None:
    webinar = WebinarPageFactory(title="Siarad dros eich hun: " + "ŵ ŷ, " * 30)
    text = event_text(SessionFactory(webinar=webinar))
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert entry(text)["summary"] == webinar.title


def test_the_same_state_is_the_same_text_and_a_change_a_higher_number() -> None:
    booking = BookingFactory()
    session = booking.session
    seen = [event_text(session, booking=booking)]
    assert event_text(session, booking=Booking.objects.get(pk=booking.pk)) == seen[0]
    changes = (
        lambda: vars(session).update(sequence=1),
        lambda: vars(booking).update(turn=2, status=Booking.Status.CANCELLED),
        lambda: vars(booking).update(turn=3, status=Booking.Status.BOOKED),
        lambda: vars(session).update(sequence=2, cancelled_at=session.starts_at),
    )
    for change in changes:
        change()
        seen.append(event_text(session, booking=booking))
    events = [entry(text) for text in seen]
    assert [event["sequence"] for event in events] == [1, 2, 3, 4, 5]
    assert len({event["uid"] for event in events}) == 1
    assert [event["status"] for event in events] == [
        *("CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"),
    ]
    methods = [Calendar.from_ical(text)["method"] for text in seen]
    assert methods == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH", "CANCEL"]
    assert not events[-1].walk("VALARM")


def test_waiting_is_tentative_and_rings_no_alarm() -> None:
    booking = BookingFactory(waiting=True)
    event = entry(event_text(booking.session, booking=booking))
    assert event["status"] == "TENTATIVE"
    assert not event.walk("VALARM")


def test_people_get_the_file_of_their_own_booking(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    booking = BookingFactory()
    BookingFactory(session=booking.session)
    Organisation.load()
    client.force_login(booking.member)
    address = reverse("webinars:ics", args=[booking.session_id])
    visit, own, organisation = 2, 1, 1
    with django_assert_num_queries(visit + own + organisation):
        response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store, private"
    assert entry(response.content.decode())["sequence"] == booking.turn
    client.force_login(MemberFactory(administrator=True))
    assert client.get(address).status_code == 404
