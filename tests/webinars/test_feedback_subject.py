"""Who is asked about a session, and when; who sees what all said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from feedback.subjects import subject_of
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory
from webinars.models import Attendance

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Session

pytestmark = pytest.mark.django_db
UNKNOWN, ABSENT = Attendance.Outcome.UNKNOWN, Attendance.Outcome.ABSENT


def moment(session: Session, member: Member) -> str:
    subject = subject_of(f"session:{session.pk}", member)
    assert subject is not None
    return subject.moment


def ended(**ago: int) -> Session:
    """Return a session that ended so long ago."""
    end = timezone.now() - dt.timedelta(**ago)
    return SessionFactory(starts_at=end - dt.timedelta(minutes=60))


def test_who_has_a_place_is_asked_before_it_starts() -> None:
    session = SessionFactory()
    assert moment(session, BookingFactory(session=session).member) == "before"
    for trait in ("waiting", "cancelled"):
        assert moment(session, BookingFactory(session=session, **{trait: True}).member) == ""
    assert moment(session, MemberFactory()) == ""
    live = SessionFactory(live_now=True)
    assert moment(live, BookingFactory(session=live).member) == ""
    called_off = SessionFactory(cancelled=True)
    assert moment(called_off, BookingFactory(session=called_off).member) == ""


@pytest.mark.parametrize(
    ("ago", "open_now"),
    [({"minutes": 1}, "after"), ({"days": 13, "hours": 23}, "after"), ({"days": 14}, "")],
)
def test_who_may_have_been_there_is_asked_for_two_weeks(ago: dict[str, int], open_now: str) -> None:
    session = ended(**ago)
    assert moment(session, BookingFactory(session=session).member) == open_now
    assert moment(session, AttendanceFactory(session=session).member) == open_now


@pytest.mark.parametrize(
    ("facts", "asked"),
    [({"part": True}, "after"), ({"outcome": UNKNOWN}, "after"), ({"outcome": ABSENT}, "")],
)
def test_who_did_not_come_is_not_asked_what_they_thought(facts: dict[str, Any], asked: str) -> None:
    attendance = AttendanceFactory(**facts)
    BookingFactory(session=attendance.session, member=attendance.member)
    assert moment(attendance.session, attendance.member) == asked


def test_it_takes_one_query(django_assert_num_queries: Any) -> None:
    booking = BookingFactory()
    with django_assert_num_queries(1):
        assert moment(booking.session, booking.member) == "before"
    with django_assert_num_queries(1):
        assert subject_of("session:999999", booking.member) is None


def test_its_hosts_see_the_totals() -> None:
    region = UnitFactory(region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    host, stranger = MemberFactory(), MemberFactory()
    session = SessionFactory(unit=region, hosts=[host])
    AttendanceFactory(session=session, member=stranger)

    def sees(member: Member) -> bool:
        subject = subject_of(f"session:{session.pk}", member)
        return subject is not None and subject.may_see_totals()

    assert sees(host)
    assert sees(officer)
    assert not sees(stranger)
