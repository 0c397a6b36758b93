"""The host's desk: what is on it, and for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.training.world import OF_HOSTS
from tests.webinars.bigbluebutton_server import SECRET, running
from tests.webinars.desk import of, text
from tests.webinars.factories import (
    AttendanceFactory,
    BookingFactory,
    SessionFactory,
    WebinarPageFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client: Client, host: Member) -> Member:
    client.force_login(host)
    return host


@pytest.fixture
def admin(client: Client) -> Member:
    member = MemberFactory(administrator=True, email="admin@example.org")
    client.force_login(member)
    return member


# --- The list ------------------------------------------------------------------------------------
def test_the_desk_lists_what_somebody_runs(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host], capacity=2)
    for _ in range(2):
        BookingFactory(session=session)
    BookingFactory(session=session, waiting=True)
    foreign = SessionFactory()
    over = SessionFactory(hosts=[host], over=True)
    AttendanceFactory(session=over)
    page = text(client.get(reverse("webinars:desk")))
    assert session.webinar.title in page
    assert "2 of 2" in page
    for title in (foreign.webinar.title, over.webinar.title):
        assert title not in page
    assert "Add a session" not in page  # somebody who was only named opens none
    past = text(client.get(reverse("webinars:desk") + "?past=1"))
    assert over.webinar.title in past
    assert "In part" in past


def test_who_runs_nothing_has_no_desk(client: Client, host: Member) -> None:
    SessionFactory()
    assert client.get(reverse("webinars:desk")).status_code == 404
    region = UnitFactory(region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    client.force_login(officer)
    page = text(client.get(reverse("webinars:desk")))
    assert "You have no session to come" in page


def test_the_queries_of_the_desk(
    client: Client, host: Member, django_assert_num_queries: Any
) -> None:
    webinar, foreign = WebinarPageFactory(), SessionFactory()

    def more(number: int) -> None:
        for _ in range(number):
            for trait in ({}, {"over": True}):
                BookingFactory(session=SessionFactory(webinar=webinar, hosts=[host], **trait))
                BookingFactory(session=foreign)

    client.get(reverse("webinars:hosting", args=[foreign.pk]))
    for number, rows in ((1, 1), (19, 20)):
        more(number)
        for past in ("", "?past=1"):
            with django_assert_num_queries(10):
                page = client.get(reverse("webinars:desk") + past)
            assert len(page.context["sessions"]) == rows


# --- One session ---------------------------------------------------------------------------------
def test_the_page_of_a_session_counts_and_names_nobody(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host], capacity=5, dial_in="020 7946 0000")
    booking = BookingFactory(session=session)
    page = text(client.get(of("hosting", session)))
    assert "1 of 5 taken" in page
    assert session.join_url in page
    assert "020 7946 0000" in page
    for secret in (booking.member.get_full_name(), booking.member.email, booking.reference):
        assert secret not in page


def test_the_queries_of_a_session(
    client: Client, host: Member, django_assert_num_queries: Any
) -> None:
    session = SessionFactory(hosts=[host])
    client.get(of("hosting", session))
    for people in (1, 19):
        for _ in range(people):
            BookingFactory(session=session)
            AttendanceFactory(session=session)
        with django_assert_num_queries(12):
            client.get(of("hosting", session))


def test_a_session_of_others_does_not_exist(
    client: Client, host: Member, subtests: pytest.Subtests
) -> None:
    mine, foreign = SessionFactory(hosts=[host]), SessionFactory()
    BookingFactory(session=foreign, member=host)
    chair = TenureFactory(chair=True, unit=UnitFactory()).member
    for name in OF_HOSTS:
        with subtests.test(name):
            client.force_login(host)
            assert client.get(of(name, mine)).status_code in (200, 302)
            for person in (host, chair):
                client.force_login(person)
                assert client.get(of(name, foreign)).status_code == 404
                assert client.post(of(name, foreign)).status_code in (404, 405)


# --- The meeting tool ----------------------------------------------------------------------------
def test_the_host_enters_a_meeting_and_finds_its_recordings(
    client: Client, admin: Member, settings: Any
) -> None:
    session = SessionFactory(hosts=[admin], soon=True, tool="bigbluebutton", join_url="")
    assert "not set up" in text(client.get(of("enter", session), follow=True))
    with running() as tool:
        settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = tool.url, SECRET
        new = reverse("webinars:new_session", args=[session.webinar_id])
        assert "BigBlueButton" in text(client.get(new))
        answer = client.get(of("enter", session))
        assert answer["Location"].startswith(tool.url + "api/join?")
        assert "role=MODERATOR" in answer["Location"]
        assert "There is none" in text(client.get(of("tool_recordings", session)))
    assert "does not answer" in text(client.get(of("tool_recordings", session)))
    later = SessionFactory(hosts=[admin], tool="bigbluebutton")
    assert "30 minutes before" in text(client.get(of("enter", later), follow=True))


# --- The way to the desk -------------------------------------------------------------------------
def test_other_pages_ask_once_whether_to_lead_there(
    rf: Any, django_assert_num_queries: Any
) -> None:
    template = Template("{% include 'webinars/host/desk_link.html' %}")
    host, member = MemberFactory(), MemberFactory()
    region = UnitFactory(region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    chair = TenureFactory(chair=True, unit=UnitFactory()).member
    SessionFactory(hosts=[host])
    for person, found in ((host, 1), (member, 0), (officer, 1), (chair, 0)):
        request = rf.get("/")
        request.user = person
        assert person.posts_today is not None  # the frame of the page has asked
        with django_assert_num_queries(0 if person is officer else 1):
            said = template.render(Context({"request": request}))
        assert said.count("Sessions you run") == found


def test_names_are_gone_a_day_after_the_end(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host], starts_at=timezone.now() - dt.timedelta(hours=24))
    booking = BookingFactory(session=session)
    assert booking.member.get_full_name() in text(client.get(of("people", session)))
    session.set_time(timezone.now() - dt.timedelta(hours=26), 60)
    session.save()
    assert booking.member.get_full_name() not in text(client.get(of("people", session)))
    assert client.get(of("people_csv", session)).status_code == 404
    client.force_login(MemberFactory(administrator=True))
    assert booking.member.get_full_name() in text(client.get(of("people", session)))
