"""What people read about their sessions, and that they read it once."""

from __future__ import annotations

import datetime as dt
from copy import copy
from functools import partial
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from members.models import Mail
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars import telling
from webinars.models import Booking, SentMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from webinars.models import Session

pytestmark = pytest.mark.django_db
STARTS = at(2026, 10, 13, 18, 30)
WHEN = "6:30pm on Tuesday 13 October 2026"
a_week_before = partial(time_machine.travel, at(2026, 10, 6, 12), tick=False)
NIGHT, MORNING = at(2026, 10, 9, 22), at(2026, 10, 10, 8)
DAY = dt.timedelta(days=1)
ONE = [telling.tell_booked, telling.tell_waiting, telling.tell_promoted, telling.tell_cancelled]


@pytest.fixture(autouse=True)
def _now() -> object:
    with a_week_before():
        yield


@pytest.fixture
def booking() -> Booking:
    return BookingFactory(session__starts_at=STARTS, member__given_name="D'Arcy")


def moved(session: Session, by: dt.timedelta = DAY) -> None:
    """Move it and tell all, as the verb does."""
    before = copy(session)
    session.set_time(session.starts_at + by, session.minutes)
    session.sequence += 1
    session.save()
    telling.tell_all_moved(session, before=before)


def called_off(session: Session) -> None:
    session.cancelled_at = session.changed_at = timezone.now()
    session.sequence += 1
    telling.tell_all_cancelled(session, bookings=list(session.bookings.select_related("member")))


def the_mail() -> Mail:
    mail = Mail.objects.get()
    for part in (mail.text, mail.html):
        assert "You get this mail because" in part
        assert "http://localhost:8000/support/" in part
    return mail


def method(mail: Mail) -> str:
    return str(Calendar.from_ical(mail.calendar)["method"])


@pytest.mark.parametrize(
    ("tell", "subject", "words", "calendar"),
    [
        (telling.tell_booked, "Your booking", "You have a place.", "PUBLISH"),
        (telling.tell_waiting, "Waiting list", "on the waiting list", ""),
        (telling.tell_promoted, "You have a place", "A place has become free", "PUBLISH"),
        (telling.tell_cancelled, "Your booking is cancelled", "as you asked", "CANCEL"),
    ],
)
def test_about_ones_own_booking(
    booking: Booking,
    tell: Callable[[Booking], None],
    subject: str,
    words: str,
    calendar: str,
) -> None:
    if not calendar:
        booking.status = Booking.Status.WAITING
    if calendar == "CANCEL":
        booking.status, booking.turn = Booking.Status.CANCELLED, 2
    tell(booking)
    mail = the_mail()
    assert mail.subject == f"{subject}: {WHEN}"
    for part in (mail.text, mail.html):
        assert words in part
        assert f"{WHEN}, to 7:30pm" in part
        assert booking.reference in part
        assert f"http://localhost:8000/sessions/{booking.session_id}/" in part
        assert booking.session.join_url not in part
    assert "Hello D'Arcy," in mail.text
    assert "Hello D&#x27;Arcy," in mail.html
    assert (method(mail) if mail.calendar else "") == calendar


@pytest.mark.parametrize("tell", ONE)
def test_a_sensitive_title_is_nowhere(tell: Callable[[Booking], None]) -> None:
    webinar = WebinarPageFactory(sensitive=True, title="After an assault")
    tell(BookingFactory(session__webinar=webinar))
    mail = the_mail()
    assert "Training session" in mail.text
    for part in (mail.subject, mail.text, mail.html, mail.calendar):
        assert "assault" not in part


@pytest.mark.parametrize("tell", ONE)
def test_the_same_turn_is_told_once_and_the_next_again(
    booking: Booking, tell: Callable[[Booking], None]
) -> None:
    tell(booking)
    tell(booking)
    assert Mail.objects.count() == 1
    booking.turn += 1
    tell(booking)
    assert Mail.objects.count() == 2


def test_moved_says_both_times_and_changes_the_calendar(booking: Booking) -> None:
    moved(booking.session)
    mail = the_mail()
    assert mail.subject == "New time: 6:30pm on Wednesday 14 October 2026"
    assert f"It was to be at {WHEN}, to 7:30pm." in mail.text
    assert "6:30pm on Wednesday 14 October 2026, to 7:30pm" in mail.text
    (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert event["dtstart"].dt == STARTS + DAY
    assert event["sequence"] == 2


def test_moved_twice_is_told_twice_to_all_who_have_a_place_or_wait() -> None:
    session = BookingFactory(session__starts_at=STARTS).session
    BookingFactory(session=session, waiting=True)
    BookingFactory(session=session, cancelled=True)
    moved(session)
    moved(session)
    assert Mail.objects.count() == 4
    waiting = [mail for mail in Mail.objects.all() if "still on the waiting list" in mail.text]
    assert [mail.calendar for mail in waiting] == ["", ""]


def test_another_way_in_is_told_without_a_new_time(booking: Booking) -> None:
    session = booking.session
    with time_machine.travel(STARTS - dt.timedelta(minutes=10), tick=False):
        telling.tell_way_in(session, bookings=[booking])
        before = copy(session)
        session.join_url, session.sequence = "https://meet.example.org/new", 1
        telling.tell_all_moved(session, before=before)
    about, way_in = Mail.objects.order_by("pk")  # the old way in had not left: it is withdrawn
    assert about.subject == f"Changed: {WHEN}"
    assert "no longer works" in about.text
    assert "https://meet.example.org/new" in way_in.text
    assert not Mail.objects.filter(text__contains=before.join_url).exists()


def test_called_off_is_told_once_and_takes_it_out_of_the_calendar(booking: Booking) -> None:
    called_off(booking.session)
    telling.tell_all_cancelled(booking.session, bookings=[booking])
    mail = the_mail()
    assert mail.subject == f"Cancelled: {WHEN}"
    assert method(mail) == "CANCEL"


def test_of_a_change_and_then_another_nothing_false_is_left_and_the_order_stays() -> None:
    """Moved at night, a day before; called off an hour later, which cannot wait for the morning."""
    session = BookingFactory(session__starts_at=NIGHT).session
    elsewhere = BookingFactory(session__starts_at=NIGHT).session
    with time_machine.travel(NIGHT - DAY - 2 * dt.timedelta(hours=1), tick=False):
        for other in (session, elsewhere):
            mine = list(other.bookings.select_related("member"))
            telling.post("reminder", mine, about=lambda _: 1, kind=telling.REMINDER, off="")
            moved(other, dt.timedelta(hours=1))
    with time_machine.travel(NIGHT - DAY + dt.timedelta(hours=1, minutes=5), tick=False):
        called_off(session)
        due = [mail.key.split(":")[1] for mail in Mail.objects.due().order_by("not_before", "pk")]
    assert due == ["moved", "called_off"]
    # The others of that night wait for the morning; the reminder of the old time is withdrawn.
    kept = Mail.objects.filter(quiet=True)
    assert [mail.key.split(":")[1] for mail in kept] == ["moved"]


def test_what_is_about_today_wakes_people_and_the_rest_waits(booking: Booking) -> None:
    with time_machine.travel(NIGHT, tick=False):
        telling.tell_booked(booking)
        soon = BookingFactory(session__starts_at=NIGHT + dt.timedelta(hours=10))
        telling.tell_booked(soon)
        now = BookingFactory(session__starts_at=NIGHT + dt.timedelta(hours=10)).session
        moved(now, 10 * DAY)  # in ten days, but it was to be in the morning
    by_quiet = Mail.objects.order_by("pk").values_list("quiet", "not_before")
    assert list(by_quiet) == [(True, MORNING), (False, NIGHT), (False, NIGHT)]


def test_who_books_when_the_way_in_is_open_gets_it_at_once(booking: Booking) -> None:
    with time_machine.travel(STARTS + dt.timedelta(minutes=5), tick=False):
        telling.tell_booked(booking)
        telling.tell_waiting(BookingFactory(session=booking.session, waiting=True))
    holding = [mail for mail in Mail.objects.all() if booking.session.join_url in mail.text]
    assert [mail.member for mail in holding] == [booking.member]
    assert holding[0].quiet is False
    assert holding[0].calendar == ""


def test_a_message_from_the_host_reaches_who_has_a_place(booking: Booking) -> None:
    BookingFactory(session=booking.session, waiting=True)
    message = SentMessage.objects.create(
        session=booking.session,
        subject="Assault: what to bring",
        text="A pen.\n\nAnd <b>paper</b>.",
        key="6b6b4f3c-4a4b-4f4e-9c7a-0d5f3f7f2a11",
        sent_by=MemberFactory(),
    )
    assert telling.tell_all(booking.session, message=message) == 1
    assert telling.tell_all(booking.session, message=message) == 0
    mail = the_mail()
    assert mail.subject == f"About your session: {WHEN}"
    assert "A pen.\n\nAnd <b>paper</b>." in mail.text
    assert "<p>And &lt;b&gt;paper&lt;/b&gt;.</p>" in mail.html


@pytest.mark.parametrize("people", [1, 20])
def test_telling_many_costs_no_more_queries_than_telling_one(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = SessionFactory(capacity=None)
    for _ in range(people):
        BookingFactory(session=session)
    bookings = list(session.bookings.select_related("member"))
    session.set_time(STARTS, 60)
    BookingFactory()
    unsent, posted, organisation, put, counted = 1, 1, 2, 1, 1
    with django_assert_num_queries(unsent + posted + organisation + put + counted):
        telling.tell_all_cancelled(session, bookings=bookings)
