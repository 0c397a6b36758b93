"""Webinars in the administration: what may be deleted, what is checked, what is warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from tests.members.factories import MemberFactory
from tests.webinars.factories import (
    SessionFactory,
    TopicFactory,
    WebinarPageFactory,
    at,
    webinar_index,
)
from tests.webinars.recordings import CAPTIONS, VIDEO, a_recording, in_part
from webinars.models import Recording, Topic, WebinarIndexPage, WebinarPage
from webinars.recordings.editing import by_webinar, to_choose_from
from webinars.recordings.verbs import say_watched
from webinars.site import ensure_webinars

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from wagtail.models import Page

    from webinars.models import Session

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_webinars_recording:add"
EDIT = "wagtailsnippets_webinars_recording:edit"


@pytest.fixture(autouse=True)
def administrator(client: Client) -> None:
    cache.clear()
    client.force_login(MemberFactory(administrator=True))


def page(client: Client, name: str, of: Page) -> str:
    address = reverse(f"wagtailadmin_pages:{name}", args=[of.pk])
    return client.post(address, follow=True).content.decode()


def in_bulk(client: Client, action: str, *pages: Page) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{chosen}&next=/cms/", follow=True).content.decode()


# --- Pages --------------------------------------------------------------------------------------
def test_the_list_is_made_once() -> None:
    webinar_index().delete()
    first = ensure_webinars()
    assert ensure_webinars() == first
    assert WebinarIndexPage.objects.get().live
    assert first.address == "/webinars/"


def test_a_webinar_with_sessions_stays(client: Client) -> None:
    webinar = SessionFactory(over=True).webinar
    for told in (
        page(client, "delete", webinar),
        page(client, "delete", webinar.get_parent()),
        in_bulk(client, "delete", webinar),
    ):
        assert "cannot be deleted" in told
    assert WebinarPage.objects.filter(pk=webinar.pk).exists()


def test_a_webinar_that_was_never_announced_may_go(client: Client) -> None:
    page(client, "delete", WebinarPageFactory())
    in_bulk(client, "delete", WebinarPageFactory())
    assert not WebinarPage.objects.exists()


def test_who_unpublishes_hears_of_sessions_to_come(client: Client) -> None:
    said = "still to come: 2"
    webinar = SessionFactory().webinar
    SessionFactory(webinar=webinar)
    SessionFactory(webinar=webinar, over=True)
    SessionFactory(webinar=webinar, cancelled=True)
    assert said in page(client, "unpublish", webinar)
    webinar.save_revision().publish()
    assert said in in_bulk(client, "unpublish", webinar)
    assert "still to come" not in page(client, "unpublish", WebinarPageFactory())


def test_a_content_note_is_short_however_it_comes() -> None:
    webinar = WebinarPageFactory(content_note="word " * 50)
    webinar.content_note = "word " * 51
    with pytest.raises(ValidationError, match="it has 51"):
        webinar.save_revision()


def test_a_topic_in_use_stays(client: Client) -> None:
    webinar = WebinarPageFactory()
    drafted = TopicFactory()
    webinar.topic, used = drafted, webinar.topic
    webinar.save_revision()
    for topic in (used, drafted):
        address = reverse("wagtailsnippets_webinars_topic:delete", args=[topic.pk])
        assert "webinars are about it" in client.post(address, follow=True).content.decode()
    assert Topic.objects.count() == 2


def test_the_menu_leads_to_pages_topics_and_recordings(client: Client) -> None:
    index = webinar_index()
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    for address in (
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailsnippets_webinars_topic:list"),
        reverse("wagtailsnippets_webinars_recording:list"),
        reverse("webinars:desk"),
    ):
        assert address in html


def test_a_webinar_leads_to_its_sessions(client: Client) -> None:
    webinar, desk = WebinarPageFactory(), reverse("webinars:desk")
    edit = reverse("wagtailadmin_pages:edit", args=[webinar.pk])
    assert client.get(edit).content.decode().count(desk) == 2  # one of them in the menu


# --- Recordings ---------------------------------------------------------------------------------
def form(session: Session, **changes: object) -> dict[str, object]:
    chapters = inline_formset([{"second": 0, "title": "Welcome"}])
    fields = {
        "session": session.pk,
        "transcript": rich_text("<p>Hello.</p>"),
        "minutes": 55,
        "is_published": "on",
        "chapters": chapters,
    }
    files = {
        "video": SimpleUploadedFile("talk.mp4", VIDEO),
        "captions": SimpleUploadedFile("talk.vtt", CAPTIONS),
    }
    return {**nested_form_data(fields), **files, **changes}


def test_a_recording_is_added_with_its_files_and_chapters(client: Client) -> None:
    session = SessionFactory(over=True)
    client.post(reverse(ADD), form(session))
    recording = Recording.objects.get()
    assert recording.session == session
    assert recording.captions.read() == CAPTIONS
    assert "talk" not in recording.video.name
    assert recording.chapters.get().title == "Welcome"


@pytest.mark.parametrize(
    ("field", "name", "content", "reason"),
    [
        ("captions", "talk.vtt", b"1\n00:00:05,000 --> 00:00:08,000", "not a WebVTT file"),
        ("captions", "talk.srt", CAPTIONS, "is not allowed"),
        ("captions", "talk.vtt", CAPTIONS + b"x" * 2_000_000, "too much for captions"),
        ("video", "talk.mp4", b"<html>", "not a video"),
        ("video", "talk.exe", VIDEO, "is not allowed"),
    ],
)
def test_files_are_what_they_claim_to_be(
    client: Client, field: str, name: str, content: bytes, reason: str
) -> None:
    file = {field: SimpleUploadedFile(name, content)}
    response = client.post(reverse(ADD), form(SessionFactory(over=True), **file))
    assert reason in response.content.decode()
    assert not Recording.objects.exists()


def test_editing_without_choosing_files_again_keeps_them(client: Client) -> None:
    recording = a_recording()
    address = reverse(EDIT, args=[recording.pk])
    html = client.get(address).content.decode()
    assert recording.get_absolute_url() in html
    assert recording.video.name not in html
    posted = form(recording.session, minutes=50)
    del posted["video"], posted["captions"]
    client.post(address, posted)
    kept = Recording.objects.get()
    assert (kept.minutes, kept.video.name) == (50, recording.video.name)


def test_a_session_has_one_recording(client: Client) -> None:
    recording, other = a_recording(), SessionFactory(over=True)
    offered = client.get(reverse(ADD)).context["form"].fields["session"].queryset
    assert list(offered) == [other]
    assert recording.session not in offered


@time_machine.travel(at(2026, 10, 20, 12), tick=False)
def test_sessions_are_offered_by_webinar_the_newest_first(client: Client) -> None:
    client.force_login(MemberFactory(administrator=True))  # as of that day
    one, other = WebinarPageFactory(title="One"), WebinarPageFactory(title="Other")
    old = SessionFactory(webinar=one, starts_at=at(2026, 1, 13, 19))
    newer = SessionFactory(webinar=other, starts_at=at(2026, 9, 2, 12))
    newest = SessionFactory(webinar=one, starts_at=at(2026, 10, 19, 18, 30))
    long_ago = SessionFactory(webinar=one, starts_at=at(2025, 10, 19, 19))
    SessionFactory(webinar=one)  # has not begun
    SessionFactory(webinar=one, over=True, cancelled=True)
    own = a_recording(long_ago)
    of_one = [(newest.pk, "19 October 2026, 6:30pm"), (old.pk, "13 January 2026, 7pm")]
    of_other = ("Other", [(newer.pk, "2 September 2026, midday")])
    assert by_webinar(to_choose_from(None)) == [("One", of_one), of_other]
    of_one.append((long_ago.pk, "19 October 2025, 7pm"))
    assert by_webinar(to_choose_from(long_ago.pk)) == [("One", of_one), of_other]
    html = client.get(reverse(EDIT, args=[own.pk])).content.decode()
    assert '<optgroup label="One">' in html
    assert f'<option value="{long_ago.pk}" selected>19 October 2025, 7pm</option>' in html


def test_offering_many_sessions_costs_the_same(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(reverse(ADD))
    with CaptureQueriesContext(connection) as none:
        client.get(reverse(ADD))
    SessionFactory.create_batch(10, over=True)
    with django_assert_num_queries(len(none)):
        client.get(reverse(ADD))


def test_a_recording_somebody_made_use_of_stays(client: Client) -> None:
    recording = a_recording()
    say_watched(recording=recording, by=in_part(recording).member)
    address = reverse("wagtailsnippets_webinars_recording:delete", args=[recording.pk])
    assert "people have watched it" in client.post(address, follow=True).content.decode()
    assert Recording.objects.exists()


def test_the_lists_ask_the_same_whatever_their_length(
    client: Client, django_assert_max_num_queries: object
) -> None:
    address = reverse("wagtailsnippets_webinars_recording:list")
    for _ in range(5):
        a_recording()
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)
