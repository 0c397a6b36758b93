"""The page of a webinar: what it says before somebody books, and what each date offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from tests.members.factories import MemberFactory, PostKindFactory, UnitFactory
from tests.webinars.factories import (
    BookingFactory,
    SessionFactory,
    WebinarPageFactory,
    webinar_index,
)
from tests.webinars.recordings import a_recording
from webinars.facts import counting
from webinars.models import WebinarIndexPage, WebinarPage

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index() -> WebinarIndexPage:
    cache.clear()  # Wagtail caches where sites begin; another test's site is not ours
    return webinar_index()


@pytest.fixture
def member(client: Client) -> Member:
    person = MemberFactory(home_unit=UnitFactory(region=True))
    client.force_login(person)
    return person


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_everything_before_somebody_books(client: Client) -> None:
    webinar = WebinarPageFactory(
        content_note="We speak about harassment, without details.",
        has_dial_in=True,
        recorded="talk",
        minimum_age=18,
        speakers=[("speaker", {"name": "Ada Marsh", "about": "Solicitor"})],
    )
    SessionFactory(webinar=webinar)
    html = text(client, webinar.address)
    for words in (
        "We speak about harassment",
        "Solicitor",
        "Live captions, no British Sign Language interpretation. You can join by phone.",
        "Join for at least 45 of 60 minutes.",
        "The talk is recorded. Questions are not.",
        "People aged 18 and over.",
        "Sign in to book",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("share", "lengths", "words"),
    [
        (75, [60], "Join for at least 45 of 60 minutes."),
        (75, [50, 90], "Join for at least 38 of 50 or 68 of 90 minutes."),
        (100, [45], "Join for at least 45 of 45 minutes."),
        (80, [], "Join for at least 80% of the session."),
    ],
)
def test_how_attendance_counts(share: int, lengths: list[int], words: str) -> None:
    assert counting(WebinarPage(share_needed=share), lengths) == words


def test_a_code_on_the_screen_counts() -> None:
    assert "code" in counting(WebinarPage(counts_by=WebinarPage.CountsBy.CODE), [60])


def test_each_date_says_what_the_reader_can_do(client: Client, member: Member) -> None:
    webinar = WebinarPageFactory()
    free, full, mine, elsewhere, on = (
        SessionFactory(webinar=webinar),
        BookingFactory(session__webinar=webinar, session__capacity=1).session,
        BookingFactory(session__webinar=webinar, member=member).session,
        SessionFactory(webinar=webinar, unit=UnitFactory(region=True, name="Scotland")),
        SessionFactory(webinar=webinar, live_now=True),
    )
    html = text(client, webinar.address)
    for words in ("Book<", "Join the waiting list", "See your booking", "For people in Scotland"):
        assert words in html
    for session, bookable in ((free, True), (full, True), (mine, False), (elsewhere, False)):
        assert (reverse("webinars:book", args=[session.pk]) in html) == bookable
    assert "On now" in html
    assert reverse("webinars:book", args=[on.pk]) in html


def test_who_it_is_not_for_is_told(client: Client, member: Member) -> None:
    webinar = WebinarPageFactory(post_kinds=[PostKindFactory(chair=True)])
    session = SessionFactory(webinar=webinar)
    html = text(client, webinar.address)
    assert "This webinar is for people who hold one of these posts: CLP chair." in html
    assert reverse("webinars:book", args=[session.pk]) not in html


def test_sensitive_webinars_have_the_exit_button_and_are_not_stored(client: Client) -> None:
    webinar = WebinarPageFactory(sensitive=True, title="After an assault")
    response = client.get(webinar.address)
    html = response.content.decode()
    assert "Exit this page" in html
    assert "<title>Webinar - " in html
    assert response["Cache-Control"] == "no-store"


def test_it_can_be_previewed_before_it_is_saved(index: WebinarIndexPage) -> None:
    webinar = WebinarPage(title="Not saved", slug="not-saved", summary="Soon.", about="<p>It.</p>")
    webinar.set_url_path(index)
    request = RequestFactory().get("/")
    request.user = MemberFactory()
    request.is_preview = True
    response = webinar.serve(request)
    assert "There is no date at the moment" in response.render().content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_the_same_for_one_date_and_for_twenty(
    client: Client, member: Member, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    webinar = WebinarPageFactory()
    for session in SessionFactory.create_batch(number, webinar=webinar, unit=member.home_unit):
        BookingFactory(session=session)
    a_recording(SessionFactory(webinar=webinar, over=True))
    text(client, webinar.address)
    with django_assert_num_queries(13):
        text(client, webinar.address)
