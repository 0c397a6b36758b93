"""The page of a recording and its files: for whom the webinar is, and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.members.factories import MemberFactory, UnitFactory
from tests.webinars.factories import AttendanceFactory, SessionFactory, WebinarPageFactory
from tests.webinars.recordings import CAPTIONS, VIDEO, a_recording, in_part
from webinars.models import Chapter, Recording
from webinars.recordings.forgetting import forget_stray_files

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db
ALL = ("recording", "video", "captions")


@pytest.fixture(autouse=True)
def _forget_addresses() -> None:
    cache.clear()


@pytest.fixture
def member(client: Client) -> Member:
    person = MemberFactory()
    client.force_login(person)
    return person


def address(recording: Recording, name: str = "recording") -> str:
    return reverse(f"webinars:{name}", args=[recording.session_id])


def video(client: Client, recording: Recording, **headers: str) -> HttpResponse:
    return client.get(address(recording, "video"), headers=headers)


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


# --- Who may watch ------------------------------------------------------------------------------
def test_the_page_has_captions_chapters_and_transcript(client: Client, member: Member) -> None:
    recording = a_recording()
    Chapter.objects.create(recording=recording, second=3725, title="Questions")
    html = client.get(address(recording)).content.decode()
    for words in (
        '<track kind="captions"',
        'preload="none"',
        "1:02:05 Questions",
        "Good evening.",
        "55 minutes, 1 MB",
        "Nothing is noted about whether or how you watch this.",
    ):
        assert words in html
    assert "autoplay" not in html


def test_nobody_else_learns_that_there_is_a_recording(client: Client, member: Member) -> None:
    elsewhere = a_recording(SessionFactory(over=True, unit=UnitFactory(region=True)))
    hidden = a_recording(is_published=False)
    draft = a_recording(SessionFactory(over=True, webinar=WebinarPageFactory(draft=True)))
    without = SessionFactory(over=True)
    for name in ALL:
        for pk in (elsewhere.session_id, hidden.session_id, draft.session_id, without.pk, 0):
            assert client.get(reverse(f"webinars:{name}", args=[pk])).status_code == 404
    assert client.post(address(elsewhere, "watched")).status_code == 404


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    recording = a_recording()
    for name in (*ALL, "watched"):
        assert client.get(address(recording, name)).url.startswith("/accounts/login/")


def test_who_was_there_may_watch_it_whatever_has_changed(client: Client, member: Member) -> None:
    recording = a_recording(SessionFactory(over=True, unit=UnitFactory(region=True)))
    attendance = in_part(recording, member=member)
    assert client.get(address(recording)).status_code == 200
    attendance.outcome = "absent"
    attendance.save()
    assert client.get(address(recording)).status_code == 404


def test_an_editor_sees_it_before_it_is_published(client: Client) -> None:
    client.force_login(MemberFactory(administrator=True))
    assert (
        "not published yet" in client.get(address(a_recording(is_published=False))).content.decode()
    )


def test_sensitive_recordings_have_the_exit_button_and_a_neutral_title(
    client: Client, member: Member
) -> None:
    webinar = WebinarPageFactory(sensitive=True, title="After an assault")
    html = client.get(address(a_recording(SessionFactory(over=True, webinar=webinar))))
    text = html.content.decode()
    assert "Exit this page" in text
    assert "<title>Recording - " in text
    assert "no-store" in html["Cache-Control"]


# --- The files ----------------------------------------------------------------------------------
def test_the_whole_video(client: Client, member: Member) -> None:
    response = video(client, a_recording())
    assert response.status_code == 200
    assert body(response) == VIDEO
    assert response["Content-Length"] == str(len(VIDEO))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_a_part_of_the_video(client: Client, member: Member) -> None:
    response = video(client, a_recording(), range="bytes=4-11")
    assert (response.status_code, body(response)) == (206, VIDEO[4:12])
    assert response["Content-Range"] == f"bytes 4-11/{len(VIDEO)}"
    assert response["Content-Length"] == "8"


def test_a_part_behind_the_end_is_refused(client: Client, member: Member) -> None:
    response = video(client, a_recording(), range="bytes=999999-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(VIDEO)}"


def test_a_part_of_what_is_another_file_now_is_all_of_it(client: Client, member: Member) -> None:
    recording = a_recording()
    tag = video(client, recording)["ETag"]
    same = video(client, recording, range="bytes=0-1", **{"if-range": tag})
    other = video(client, recording, range="bytes=0-1", **{"if-range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_question_about_the_video_gets_no_part(client: Client, member: Member) -> None:
    recording = a_recording()
    response = client.head(address(recording, "video"), headers={"range": "bytes=0-1"})
    assert response.status_code == 200


def test_files_that_are_lost_are_not_there(client: Client, member: Member) -> None:
    recording = a_recording()
    recording.video.storage.delete(recording.video.name)
    recording.captions.storage.delete(recording.captions.name)
    assert video(client, recording).status_code == 404
    assert client.get(address(recording, "captions")).status_code == 404
    assert client.get(address(recording)).status_code == 200


def test_captions(client: Client, member: Member) -> None:
    response = client.get(address(a_recording(), "captions"))
    assert response.content == CAPTIONS
    assert response["Content-Type"] == "text/vtt; charset=utf-8"


def test_it_asks_the_same_whoever_else_watches(
    client: Client, member: Member, django_assert_max_num_queries: object
) -> None:
    recording = a_recording()
    in_part(recording, member=member)
    for number in range(20):
        Chapter.objects.create(recording=recording, second=number, title="Part")
        AttendanceFactory(session=recording.session)
    client.get(address(recording))
    with django_assert_max_num_queries(14):
        client.get(address(recording))


def test_files_that_nobody_names_are_deleted_after_a_day(client: Client) -> None:
    forget_stray_files()  # the storage is shared with other tests, some of them in other times
    recording, gone = a_recording(), a_recording()
    storage, left = gone.video.storage, gone.video.name
    Recording.objects.filter(pk=gone.pk).delete()
    assert forget_stray_files() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert forget_stray_files() >= 2
        assert forget_stray_files() == 0
    assert not storage.exists(left)
    assert storage.exists(recording.video.name)
    assert storage.exists(recording.captions.name)
