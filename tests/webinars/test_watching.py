"""What is noted of watching a recording: only where it is asked, and no more than asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory
from tests.webinars.recordings import a_recording, in_part
from webinars.models import Recording, Watching, WebinarSettings
from webinars.recordings.verbs import has_watched, note_watched, say_watched
from webinars.signals import recording_watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording() -> Recording:
    return a_recording()


@pytest.fixture
def member(client: Client, recording: Recording) -> Member:
    """Somebody who was there for a part and needs the rest."""
    person = in_part(recording).member
    client.force_login(person)
    return person


@pytest.fixture
def heard() -> Iterator[list[Watching]]:
    """What other floors hear."""
    told: list[Watching] = []

    def note(watching: Watching, **kwargs: object) -> None:
        told.append(watching)

    recording_watched.connect(note)
    yield told
    recording_watched.disconnect(note)


def measure(share: int = 75) -> None:
    policy = WebinarSettings.load()
    policy.watching, policy.share_of_recording = "measured", share
    policy.save()


def post(client: Client, recording: Recording, parts: object = None) -> object:
    data = {} if parts is None else {"parts": parts}
    return client.post(reverse("webinars:watched", args=[recording.session_id]), data)


# --- People say so ------------------------------------------------------------------------------
def test_saying_so_counts_once(
    client: Client, member: Member, recording: Recording, heard: list[Watching]
) -> None:
    assert not has_watched(member, recording.session)
    for _ in range(2):
        response = client.post(
            reverse("webinars:watched", args=[recording.session_id]), follow=True
        )
    assert "We have noted it" in response.content.decode()
    assert has_watched(member, recording.session)
    assert [it.member for it in heard] == [member]
    assert Watching.objects.get().parts == 0


def test_when_people_say_so_nothing_is_measured(
    client: Client, member: Member, recording: Recording
) -> None:
    assert "twentieths" not in page(client, recording)
    assert post(client, recording, range(20)).json() == {"watched": False}
    assert not Watching.objects.exists()


@pytest.mark.parametrize("outcome", ["attended", "absent", None])
def test_nothing_is_stored_of_people_who_need_not_watch(
    client: Client, recording: Recording, outcome: str | None, heard: list[Watching]
) -> None:
    measure()
    person = MemberFactory()
    if outcome:
        AttendanceFactory(session=recording.session, member=person, outcome=outcome)
    assert note_watched(recording=recording, by=person, parts=range(20)) is None
    assert say_watched(recording=recording, by=person) is None
    assert not Watching.objects.exists()
    assert not heard
    assert not has_watched(person, recording.session)


def test_somebody_else_s_watching_is_not_mine(member: Member, recording: Recording) -> None:
    other = in_part(recording).member
    say_watched(recording=recording, by=other)
    assert not has_watched(member, recording.session)


# --- The browser measures -----------------------------------------------------------------------
def test_enough_parts_count_and_are_told_once(
    client: Client, member: Member, recording: Recording, heard: list[Watching]
) -> None:
    measure(share=75)
    assert "twentieths" in page(client, recording)
    assert post(client, recording, range(14)).json() == {"watched": False}
    assert post(client, recording, [0, 1, 19]).json() == {"watched": True}
    assert post(client, recording, [18]).json() == {"watched": True}
    assert len(heard) == 1
    assert not Watching.objects.get().parts & 1 << 18  # once it is enough, nothing more is noted
    assert "You have watched the rest" in page(client, recording)


def test_who_cannot_be_measured_says_so(
    client: Client, member: Member, recording: Recording
) -> None:
    measure()
    post(client, recording)
    assert has_watched(member, recording.session)


@pytest.mark.parametrize("parts", ["20", "-1", "x", "", "1;2", ["1", "99"]])
def test_wrong_parts_are_refused_and_nothing_is_kept(
    client: Client, member: Member, recording: Recording, parts: object
) -> None:
    measure()
    response = post(client, recording, parts)
    assert response.status_code == 400
    assert b"whole numbers from 0 to 19" in response.content
    assert not Watching.objects.exists()


def test_what_was_said_and_what_fails_go_together(member: Member, recording: Recording) -> None:
    """Who hears of it does so inside the transaction: without them nothing is written."""

    def fail(**kwargs: object) -> None:
        raise RuntimeError

    recording_watched.connect(fail)
    with pytest.raises(RuntimeError):
        say_watched(recording=recording, by=member)
    recording_watched.disconnect(fail)
    assert not has_watched(member, recording.session)


def page(client: Client, recording: Recording) -> str:
    return client.get(reverse("webinars:recording", args=[recording.session_id])).content.decode()
