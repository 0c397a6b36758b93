"""What somebody reads about a session they booked: now, afterwards, and in their list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory
from tests.webinars.visiting import read, signed_in, text, url
from webinars.models import CheckIn, CheckInCode, Recording

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Member:
    return signed_in(client)


# --- The page of a booking -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "session", "said"),
    [
        (None, {}, "Book a place"),
        ("booked", {}, "You have a place"),
        ("booked", {"soon": True}, "Join the session"),
        ("waiting", {}, "You are on the waiting list"),
        ("waiting", {"soon": True}, "You are on the waiting list"),
        ("cancelled", {}, "Your booking is cancelled"),
        ("cancelled", {"cancelled": True}, "This session was cancelled"),
        (None, {"cancelled": True}, "This session was cancelled"),
        ("booked", {"over": True}, "We will record this within 3 days"),
        ("waiting", {"over": True}, "No place came free"),
        (None, {"over": True}, "You had not booked it"),
    ],
)
def test_every_state_has_its_page(
    client: Client, member: Member, status: str | None, session: dict[str, bool], said: str
) -> None:
    its = SessionFactory(**session)
    if status:
        BookingFactory(session=its, member=member, **({} if status == "booked" else {status: True}))
    page = read(client, its)
    assert said in page
    assert its.webinar.title in page
    assert (its.join_url in page.replace("&amp;", "&")) is (
        status == "booked" and "soon" in session
    )


@pytest.mark.parametrize(
    ("outcome", "seconds", "said"),
    [
        ("attended", 3600, "You were there"),
        ("part", 1859, "You were there 30 of 60 minutes. You can watch the rest."),
        ("part", None, "You were there for a part of the session. You can watch the rest."),
        ("unknown", None, "The meeting tool did not say for how long"),
        ("absent", 0, "you did not come"),
    ],
)
def test_what_was_recorded_is_said(
    client: Client, member: Member, outcome: str, seconds: int | None, said: str
) -> None:
    seen = AttendanceFactory(member=member, outcome=outcome, seconds=seconds)
    Recording.objects.create(session=seen.session, minutes=60, is_published=True)
    assert said in read(client, seen.session)


def test_after_three_days_nothing_is_promised(client: Client, member: Member) -> None:
    session = SessionFactory(starts_at=timezone.now() - dt.timedelta(days=4))
    BookingFactory(session=session, member=member)
    said = read(client, session)
    assert "Attendance is not recorded yet" in said
    assert "within 3 days" not in said


def test_a_recording_that_is_not_published_is_not_promised(client: Client, member: Member) -> None:
    seen = AttendanceFactory(member=member, part=True)
    Recording.objects.create(session=seen.session, minutes=60)
    assert "watch the rest" not in read(client, seen.session)


def test_a_code_is_asked_for_while_it_is_open(client: Client, member: Member) -> None:
    its = SessionFactory(live_now=True)
    BookingFactory(session=its, member=member)
    assert "check-in" not in read(client, its)
    now = timezone.now()
    CheckInCode.objects.create(
        session=its, opens_at=now, closes_at=now + dt.timedelta(minutes=5), opened_by=member
    )
    assert client.get(url("session", its)).context["check_in"] == "open"
    CheckIn.objects.create(session=its, member=member)
    assert "You have checked in" in read(client, its)


def test_a_sensitive_session_can_be_left_at_once_and_names_nothing(
    client: Client, member: Member
) -> None:
    its = SessionFactory(webinar__sensitive=True)
    for name in ("session", "book"):
        response = client.get(url(name, its))
        assert "/leave/" in text(response)
        assert its.webinar.title not in text(response).partition("</title>")[0]
        assert "no-store" in response["Cache-Control"]


# --- My sessions ---------------------------------------------------------------------------------
def test_my_sessions_are_those_i_had_to_do_with(client: Client, member: Member) -> None:
    soon = BookingFactory(member=member).session
    gone = BookingFactory(member=member, session__over=True).session
    walked_in = AttendanceFactory(member=member).session
    own = BookingFactory(member=member, cancelled=True).session
    off = SessionFactory(cancelled=True)
    BookingFactory(member=member, session=off, cancelled=True, cancelled_at=off.cancelled_at)
    context = client.get(reverse("webinars:mine")).context
    assert [one.session for one in context["upcoming"]] == [soon, off]
    assert [one.words for one in context["upcoming"]] == ["Booked", "Cancelled by us"]
    assert {one.session for one in context["past"]} == {gone, walked_in}
    assert own not in {one.session for one in context["upcoming"]}


def test_twenty_on_a_page(client: Client, member: Member) -> None:
    webinar = SessionFactory().webinar
    for _ in range(21):
        AttendanceFactory(member=member, session__webinar=webinar)
    assert len(client.get(reverse("webinars:mine")).context["past"]) == 20
    assert len(client.get(reverse("webinars:mine"), {"page": 2}).context["past"]) == 1
