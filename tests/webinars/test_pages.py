"""The list of webinars, and what home and My training say about them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from tests.webinars.factories import (
    BookingFactory,
    SessionFactory,
    TopicFactory,
    WebinarPageFactory,
    at,
    webinar_index,
)
from tests.webinars.recordings import a_recording

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member
    from webinars.models import WebinarIndexPage

pytestmark = pytest.mark.django_db
LIST = "/webinars/"


@pytest.fixture(autouse=True)
def index() -> WebinarIndexPage:
    cache.clear()  # Wagtail caches where sites begin; another test's site is not ours
    return webinar_index()


@pytest.fixture
def member(client: Client) -> Member:
    """Somebody who is signed in and lives in Wales."""
    wales = UnitFactory(parent=UnitFactory(party=True), region=True, name="Wales", code="W")
    person = MemberFactory(home_unit=UnitFactory(parent=wales))
    client.force_login(person)
    return person


def text(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- The list -----------------------------------------------------------------------------------
def test_a_row_says_what_people_ask_first(client: Client) -> None:
    webinar = WebinarPageFactory(
        title="Speaking up",
        has_sign_language=True,
        speakers=[("speaker", {"name": "Ada Marsh", "about": ""})],
    )
    with time_machine.travel(at(2026, 10, 1, 12), tick=False):
        SessionFactory(webinar=webinar, starts_at=at(2026, 10, 13, 18, 30))
        html = text(client)
    for words in (
        "Speaking up",
        "6:30pm to 7:30pm on Tuesday 13 October 2026",
        "With Ada Marsh",
        "Live captions, British Sign Language",
    ):
        assert words in html


def test_the_next_comes_first_and_the_past_and_the_cancelled_do_not_come(client: Client) -> None:
    later, soon = WebinarPageFactory(title="Later"), WebinarPageFactory(title="Sooner")
    SessionFactory(webinar=later)
    SessionFactory(webinar=soon, soon=True)
    SessionFactory(webinar=WebinarPageFactory(title="Over"), over=True)
    SessionFactory(webinar=WebinarPageFactory(title="Called off"), cancelled=True)
    SessionFactory(webinar=WebinarPageFactory(title="A draft", draft=True))
    html = text(client)
    assert html.index("Sooner") < html.index("Later")
    for words in ("Over<", "Called off", "A draft"):
        assert words not in html


@pytest.mark.parametrize(
    ("capacity", "taken", "words"),
    [
        (12, 2, ""),
        (12, 3, "9 places left"),
        (2, 1, "1 place left"),
        (1, 1, "Full: join"),
        (None, 3, ""),
    ],
)
def test_places_are_told_when_they_are_few(
    client: Client, capacity: int | None, taken: int, words: str
) -> None:
    session = SessionFactory(capacity=capacity)
    BookingFactory.create_batch(taken, session=session)
    BookingFactory(session=session, cancelled=True)
    html = text(client)
    assert words in html
    assert words or "left" not in html


def test_what_is_mine_is_told_and_leads_to_my_booking(client: Client, member: Member) -> None:
    booked, waits = SessionFactory(), SessionFactory()
    BookingFactory(session=booked, member=member)
    BookingFactory(session=waits, member=member, waiting=True)
    html = text(client)
    for session, words in ((booked, "You are booked"), (waits, "On the waiting list")):
        assert words in html
        assert reverse("webinars:session", args=[session.pk]) in html


def test_visitors_see_what_is_for_the_whole_party(client: Client) -> None:
    titles = {"region": UnitFactory(region=True, name="Wales"), "party": None}
    for title, unit in titles.items():
        SessionFactory(webinar__title=f"For the {title}", unit=unit)
    html = text(client)
    assert "For the party" in html
    assert "For the region" not in html


def test_people_see_what_is_for_them(client: Client, member: Member) -> None:
    own = member.home_unit.get_parent()
    SessionFactory(webinar__title="For Wales", unit=own)
    SessionFactory(webinar__title="For Scotland", unit=UnitFactory(region=True, name="Scotland"))
    webinar = WebinarPageFactory(title="For chairs", post_kinds=[PostKindFactory(chair=True)])
    SessionFactory(webinar=webinar)
    html = text(client)
    assert "For Wales" in html
    assert "For Scotland" not in html
    assert "For chairs" not in html
    TenureFactory(chair=True, member=member, unit=member.home_unit)
    assert "For chairs" in text(client)


def test_filters_by_region_and_topic(client: Client, member: Member) -> None:
    own, topic = member.home_unit.get_parent(), TopicFactory(slug="law")
    SessionFactory(webinar__title="In Wales", unit=own)
    SessionFactory(webinar__title="About law", webinar__topic=topic)
    html = text(client, f"{LIST}?region=W&topic=")
    assert "1 session found for Wales" in html
    assert "About law" not in html
    html = text(client, f"{LIST}?topic=law")
    assert "1 session found for Law" in html
    assert "In Wales" not in html
    assert "No sessions found for Wales, Law" in text(client, f"{LIST}?topic=law&region=W")


@pytest.mark.parametrize("asked", ["topic=nothing", "region=XX", "page=99", "page=x", "topic=%00"])
def test_what_makes_no_sense_narrows_nothing(client: Client, member: Member, asked: str) -> None:
    SessionFactory(unit=member.home_unit.get_parent(), webinar__title="Speaking up")
    assert "Speaking up" in text(client, f"{LIST}?{asked}")


def test_nothing_to_book_is_said_plainly(client: Client) -> None:
    assert "There is no webinar to book at the moment" in text(client)


def test_what_can_be_watched_again(client: Client, member: Member) -> None:
    recording = a_recording()
    a_recording(is_published=False)
    html = text(client)
    assert html.count("/recording/") == 1
    assert reverse("webinars:recording", args=[recording.session_id]) in html


@pytest.mark.parametrize("number", [1, 200])
def test_the_list_asks_the_same_for_one_and_for_two_hundred(
    client: Client, member: Member, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    webinar, unit = WebinarPageFactory(), member.home_unit.get_parent()
    start = SessionFactory.build(webinar=webinar).starts_at
    sessions = [SessionFactory.build(webinar=webinar, unit=unit) for _ in range(number)]
    for count, session in enumerate(sessions):
        session.set_time(start + dt.timedelta(hours=count), 60)
    type(sessions[0]).objects.bulk_create(sessions)
    BookingFactory.create_batch(2, session=sessions[0])
    TenureFactory(member=member, unit=unit)
    a_recording()
    text(client)
    with django_assert_num_queries(12):
        html = text(client)
    assert html.count("govuk-task-list__item--with-link") == min(number, 20)
    assert ("page=10" in html) == (number == 200)


# --- Home, My training, navigation --------------------------------------------------------------
def test_home_names_the_next_three(client: Client) -> None:
    for number in range(4):
        session = SessionFactory(webinar__title=f"Webinar {number}")
        session.set_time(session.starts_at + dt.timedelta(hours=number), 60)
        session.save()
    html = text(client, "/")
    assert "Next webinars" in html
    assert "Webinar 2" in html
    assert "Webinar 3" not in html
    client.force_login(MemberFactory())
    assert "Next webinars" in text(client, "/")


def test_home_without_webinars_says_nothing_of_them(client: Client) -> None:
    assert "Next webinars" not in text(client, "/")


def test_my_training_names_my_next_session(client: Client, member: Member) -> None:
    BookingFactory(session__webinar__title="Somebody else's")
    BookingFactory(member=member, session__webinar__title="Waiting for", waiting=True)
    assert "Next:" not in text(client, "/my-training/")
    BookingFactory(member=member, session__webinar__title="Speaking up")
    assert "Next: Speaking up, " in text(client, "/my-training/")


def test_the_navigation_marks_webinars(client: Client) -> None:
    webinar = WebinarPageFactory()
    assert (
        '<a class="govuk-service-navigation__link" href="/webinars/" aria-current="page">'
        in text(client)
    )
    assert 'href="/webinars/" aria-current="true"' in text(client, webinar.address)
