"""What the database itself refuses about sessions and places."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory, at
from webinars.models import Booking, Session

pytestmark = pytest.mark.django_db


def test_one_place_is_given_once() -> None:
    booking = BookingFactory()
    with pytest.raises(IntegrityError, match=r"booking_place_once|session_id, .*place"):
        BookingFactory(session=booking.session, place=booking.place)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "booked", "place": None},
        {"status": "waiting", "place": 1},
        {"status": "cancelled", "place": None, "cancelled_at": None},
    ],
)
def test_the_state_and_the_place_belong_together(wrong: dict[str, object]) -> None:
    booking = BookingFactory()
    with pytest.raises(IntegrityError, match="booking_state"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(**wrong)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [  # the clocks go forward at 1 in the night of 29 March 2026, and back at 2 on 25 October
        (at(2026, 3, 29, 0, 30), at(2026, 3, 29, 3)),
        (at(2026, 10, 25, 0, 30), at(2026, 10, 25, 1, 0)),
    ],
)
def test_a_session_lasts_as_long_when_the_clocks_change(
    starts: dt.datetime, ends: dt.datetime
) -> None:
    session = Session()
    session.set_time(starts.astimezone(dt.UTC), 90)
    assert session.ends_at - session.starts_at == dt.timedelta(minutes=90)
    assert session.ends_at == ends.replace(fold=1).astimezone(dt.UTC)


def test_hosts_are_named_or_officers_of_the_unit_that_runs_it() -> None:
    region = UnitFactory(region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    former = TenureFactory(
        post_kind__regional=True, unit=region, ended_on=dt.date(2025, 6, 1)
    ).member
    named, stranger = MemberFactory(), MemberFactory()
    session, other = SessionFactory(unit=region, hosts=[named]), SessionFactory()
    assert list(Session.objects.hosted_by(officer)) == [session]
    assert list(Session.objects.hosted_by(named)) == [session]
    for nobody in (stranger, former):
        assert not Session.objects.hosted_by(nobody)
    assert other not in Session.objects.hosted_by(officer)


def test_people_see_their_own_bookings_and_attendance() -> None:
    booking, attendance = BookingFactory(), AttendanceFactory()
    BookingFactory(session=booking.session)
    assert list(Booking.objects.visible_to(booking.member)) == [booking]
    assert not attendance.session.attendance.visible_to(booking.member)
