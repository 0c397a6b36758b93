"""A code on the screen: who opens it, when it may be entered, and who guesses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory
from webinars.checking_in import verbs
from webinars.checking_in.verbs import (
    CannotCheckIn,
    CannotShow,
    check_in,
    close_code,
    open_code,
    show_code,
)
from webinars.models import CheckIn

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member
    from webinars.models import Booking, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


@pytest.fixture
def session(host: Member) -> Session:
    webinar = WebinarPageFactory(by_code=True)
    return SessionFactory(webinar=webinar, hosts=[host], live_now=True)


@pytest.fixture
def booking(session: Session) -> Booking:
    return BookingFactory(session=session)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def shifted(session: Session, **time: int) -> Session:
    session.set_time(timezone.now() + dt.timedelta(**time), 60)
    session.save()
    return session


# --- The host ------------------------------------------------------------------------------------
def test_a_code_has_six_digits_and_some_minutes(session: Session, host: Member) -> None:
    shown = show_code(session=session, by=host, minutes=10)
    assert len(shown.code) == 6
    assert shown.code.isdecimal()
    assert shown.closes_at - shown.opens_at == dt.timedelta(minutes=10)
    assert open_code(session) == shown
    assert show_code(session=session, by=host) == shown  # pressed twice it is the same


def test_the_host_closes_it_or_it_closes_by_itself(session: Session, host: Member) -> None:
    first = show_code(session=session, by=host)
    close_code(session=session, by=host)
    close_code(session=session, by=host)
    assert open_code(session) is None
    second = show_code(session=session, by=host)
    assert second.pk != first.pk
    session.codes.update(
        opens_at=timezone.now() - dt.timedelta(minutes=10), closes_at=timezone.now()
    )
    assert open_code(session) is None


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [({"minutes": 1}, verbs.TOO_EARLY), ({"minutes": -91}, verbs.TOO_LATE)],
)
def test_from_the_start_until_half_an_hour_after_the_end(
    session: Session, host: Member, starts: dict[str, int], sentence: str
) -> None:
    with pytest.raises(CannotShow, match=sentence):
        show_code(session=shifted(session, **starts), by=host)


def test_the_last_code_closes_with_the_last_minute(session: Session, host: Member) -> None:
    shifted(session, minutes=-85)
    assert show_code(session=session, by=host).closes_at == verbs.ends(session)


def test_only_a_webinar_that_counts_by_code_has_one(host: Member) -> None:
    with pytest.raises(CannotShow, match="needs no code"):
        show_code(session=SessionFactory(hosts=[host], live_now=True), by=host)


def test_nobody_else_shows_or_closes_a_code(session: Session, booking: Booking) -> None:
    for deed in (show_code, close_code):
        with pytest.raises(PermissionDenied):
            deed(session=session, by=booking.member)


# --- The person ----------------------------------------------------------------------------------
def test_who_enters_it_is_checked_in_once(session: Session, host: Member, booking: Booking) -> None:
    code = show_code(session=session, by=host).code
    done = check_in(session=session, by=booking.member, code=f" {code[:3]} {code[3:]} ")
    again = check_in(session=session, by=booking.member, code="whatever")
    assert again == done
    assert CheckIn.objects.count() == 1


def test_only_who_has_a_place_checks_in(session: Session, host: Member) -> None:
    code = show_code(session=session, by=host).code
    waiting = BookingFactory(session=session, waiting=True).member
    cancelled = BookingFactory(session=session, cancelled=True).member
    for person in (waiting, cancelled, MemberFactory()):
        with pytest.raises(PermissionDenied):
            check_in(session=session, by=person, code=code)


def test_not_before_and_not_after(session: Session, host: Member, booking: Booking) -> None:
    with pytest.raises(CannotCheckIn, match="at the moment"):
        check_in(session=session, by=booking.member, code="123456")
    code = show_code(session=session, by=host).code
    close_code(session=session, by=host)
    with pytest.raises(CannotCheckIn, match="is over"):
        check_in(session=session, by=booking.member, code=code)
    new = show_code(session=session, by=host).code
    if new != code:
        with pytest.raises(CannotCheckIn, match="not the code"):
            check_in(session=session, by=booking.member, code=code)


def test_five_wrong_tries_in_ten_minutes(
    session: Session, host: Member, booking: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = show_code(session=session, by=host).code
    for _ in range(5):
        with pytest.raises(CannotCheckIn, match="not the code"):
            check_in(session=session, by=booking.member, code=wrong(code))
    with pytest.raises(CannotCheckIn, match="Wait ten minutes"):
        check_in(session=session, by=booking.member, code=code)
    other = BookingFactory(session=session)
    assert check_in(session=session, by=other.member, code=code)  # others are not held up
    later = timezone.now().timestamp() + verbs.SPAN
    monkeypatch.setattr("time.time", lambda: later)
    assert check_in(session=session, by=booking.member, code=code)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "'; --", "\0"])
def test_odd_codes_are_wrong_codes(
    session: Session, host: Member, booking: Booking, typed: str
) -> None:
    show_code(session=session, by=host)
    with pytest.raises(CannotCheckIn):
        check_in(session=session, by=booking.member, code=typed)


# --- The pages -----------------------------------------------------------------------------------
def test_the_host_shows_the_code_large_and_people_enter_it(
    client: Client, session: Session, host: Member, booking: Booking
) -> None:
    client.force_login(host)
    address = reverse("webinars:code", args=[session.pk])
    assert "Show a code" in client.get(address).content.decode()
    page = client.post(address, {"minutes": "5"}, follow=True).content.decode()
    code = open_code(session).code
    assert f"{code[:3]} {code[3:]}" in page
    client.force_login(booking.member)
    page = client.get(reverse("webinars:check_in", args=[session.pk])).content.decode()
    assert code not in page
    said = enter(client, session, wrong(code))
    assert "not the code on the screen" in said
    assert "You are checked in" in enter(client, session, code)
    client.force_login(host)
    assert "1 person has checked in" in client.get(address).content.decode()
    client.post(address, {"close": "1"})
    assert open_code(session) is None


@pytest.mark.parametrize("minutes", ["", "0", "61", "x"])
def test_a_wrong_number_of_minutes(
    client: Client, session: Session, host: Member, minutes: str
) -> None:
    client.force_login(host)
    answer = client.post(reverse("webinars:code", args=[session.pk]), {"minutes": minutes})
    assert "from 1 to 60" in answer.content.decode()
    assert not session.codes.exists()


def test_the_pages_do_not_exist_for_others(
    client: Client, session: Session, booking: Booking
) -> None:
    client.force_login(MemberFactory())
    for name in ("code", "check_in"):
        assert client.get(reverse(f"webinars:{name}", args=[session.pk])).status_code == 404
    client.force_login(booking.member)
    assert client.get(reverse("webinars:code", args=[session.pk])).status_code == 404
    by_time = BookingFactory(member=booking.member, session__live_now=True)
    address = reverse("webinars:check_in", args=[by_time.session_id])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("starts", "words"), [({"hours": 1}, "The session begins at"), ({"hours": -3}, "is over")]
)
def test_the_page_says_when(
    client: Client, session: Session, booking: Booking, starts: dict[str, int], words: str
) -> None:
    shifted(session, **starts)
    client.force_login(booking.member)
    page = client.get(reverse("webinars:check_in", args=[session.pk])).content.decode()
    assert words in page
    assert "<form" not in page.partition("<main")[2]


def test_the_queries_of_the_pages(
    client: Client, session: Session, booking: Booking, django_assert_num_queries: Any
) -> None:
    show_code(session=session, by=session.hosts.get())
    client.force_login(booking.member)
    address = reverse("webinars:check_in", args=[session.pk])
    client.get(address)
    for _ in range(2):
        with django_assert_num_queries(6):
            client.get(address)
        for other in BookingFactory.create_batch(5, session=session):
            session.check_ins.create(member=other.member)


def enter(client: Client, session: Session, code: str) -> str:
    address = reverse("webinars:check_in", args=[session.pk])
    return client.post(address, {"code": code}, follow=True).content.decode()
