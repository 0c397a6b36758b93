"""The real client against a server on this machine that checks signatures and speaks its XML."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.members.factories import MemberFactory
from tests.webinars.bigbluebutton_server import SECRET, Tool, running
from tests.webinars.factories import SessionFactory
from webinars.meetings import bigbluebutton
from webinars.meetings.bigbluebutton import Found, MeetingUnavailable
from webinars.meetings.entering import NO_LINK, way_in
from webinars.models import Session, WebinarPage

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDING = (
    "<recording><recordID>r1</recordID><playback>"
    "<format><type>presentation</type><url>https://bbb.example.org/p/r1</url><length>58</length>"
    "</format><format><type>video</type><url>https://bbb.example.org/v/r1</url><length>x</length>"
    "</format><format><type>odd</type><url>javascript:alert(1)</url></format>"
    "</playback></recording>"
)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<response><returncode>SUCCESS</returncode><running>&b;</running></response>"
)
OUTSIDE = (
    b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<response><returncode>SUCCESS</returncode><running>&x;</running></response>"
)


@pytest.fixture
def tool(settings: Any) -> Iterator[Tool]:
    with running() as server:
        settings.BIGBLUEBUTTON_URL = server.url
        settings.BIGBLUEBUTTON_SECRET = SECRET
        yield server


@pytest.fixture
def session() -> Session:
    return a_session(tool=Session.Tool.BIGBLUEBUTTON, join_url="")


def a_session(**fields: Any) -> Session:
    """A session as the client sees it: nothing here asks the database."""
    webinar = WebinarPage(title='Speaking up & "being heard": Siân')
    return SessionFactory.build(pk=7, webinar=webinar, **fields)


def test_a_meeting_is_made_once_and_signed(tool: Tool, session: Session) -> None:
    bigbluebutton.create(session)
    bigbluebutton.create(session)
    (made,) = tool.meetings.values()
    assert made["name"] == session.webinar.title
    assert made["meetingID"] == str(session.uid)
    assert made["lockSettingsHideUserList"] == made["webcamsOnlyForModerator"] == "true"
    assert tool.calls == ["create", "create"]


@pytest.mark.parametrize(
    ("recorded", "rules"),
    [
        ("no", ("false", "false", "true")),
        ("talk", ("true", "false", "true")),
        ("all", ("true", "true", "false")),
    ],
)
def test_it_records_what_the_page_promised(
    tool: Tool, session: Session, recorded: str, rules: tuple[str, ...]
) -> None:
    session.webinar.recorded = recorded
    bigbluebutton.create(session)
    (made,) = tool.meetings.values()
    asked = made["record"], made["autoStartRecording"], made["allowStartStopRecording"]
    assert asked == rules


@pytest.mark.parametrize("name", ["sha1", "sha512"])
def test_the_hash_is_a_setting(tool: Tool, session: Session, settings: Any, name: str) -> None:
    settings.BIGBLUEBUTTON_HASH = tool.hash = name
    bigbluebutton.create(session)
    assert tool.meetings


def test_the_address_ending_in_api_is_the_same(tool: Tool, session: Session, settings: Any) -> None:
    settings.BIGBLUEBUTTON_URL = tool.url + "api/"
    assert not bigbluebutton.is_running(session)
    tool.running.add(str(session.uid))
    assert bigbluebutton.is_running(session)


def test_people_come_in_under_the_name_they_chose(tool: Tool, session: Session) -> None:
    member, host = MemberFactory.build(pk=4711), MemberFactory.build(pk=5)
    address = urlsplit(way_in(session, member=member, name="  J.   S. "))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert asked["fullName"] == "J. S."
    assert asked["role"] == "VIEWER"
    assert tool._is_signed("join", address.query)
    assert tool.calls == ["create"]  # the way in is theirs to open: we do not fetch it
    assert str(member.pk) != asked["userID"]
    assert asked["userID"] == bigbluebutton.participant(session, member)
    assert asked["userID"] != bigbluebutton.participant(a_session(), member)
    assert "role=MODERATOR" in way_in(session, member=host, is_host=True)
    assert member.get_full_name() not in address.query


def test_a_link_is_the_way_in_of_other_tools(session: Session) -> None:
    member = MemberFactory.build(pk=4711)
    linked = a_session()
    assert way_in(linked, member=member) == linked.join_url
    with pytest.raises(MeetingUnavailable, match=NO_LINK):
        way_in(a_session(join_url=""), member=member)


def test_recordings_are_found(tool: Tool, session: Session) -> None:
    assert bigbluebutton.recordings(session) == []
    tool.recordings = RECORDING
    assert bigbluebutton.recordings(session) == [
        Found("presentation", "https://bbb.example.org/p/r1", 58),
        Found("video", "https://bbb.example.org/v/r1", 0),
    ]


@pytest.mark.parametrize(
    "instead",
    [
        (200, {}, b""),
        (200, {}, b"<html><body>Welcome to nginx"),
        (200, {}, b"\xff\xfe\x00garbage"),
        (200, {}, b'<?xml version="1.0" encoding="nonsense"?><response/>'),
        (200, {}, BOMB),
        (200, {}, OUTSIDE),
        (200, {}, b"<response>" + b"<x/>" * 300_000 + b"</response>"),
        (200, {}, b"<response/>"),
        (200, {}, b"<response><returncode>FAILED</returncode></response>"),
        (500, {}, b"boom"),
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
    ],
    ids=lambda it: f"{it[0]} {it[2][:20]!r}",
)
def test_a_strange_answer_is_a_plain_sentence(
    tool: Tool, session: Session, instead: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tool.instead = instead
    with caplog.at_level(logging.WARNING), pytest.raises(MeetingUnavailable) as refused:
        bigbluebutton.is_running(session)
    assert_says_nothing(tool, str(refused.value), caplog)


def test_a_wrong_secret_is_refused(
    tool: Tool, session: Session, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BIGBLUEBUTTON_SECRET = "another"
    with caplog.at_level(logging.WARNING), pytest.raises(MeetingUnavailable) as refused:
        bigbluebutton.create(session)
    assert "Tell the people who run this site" in str(refused.value)
    assert "checksumError" in caplog.text
    assert_says_nothing(tool, str(refused.value), caplog)


def test_a_server_that_stalls_hangs_up_or_is_gone(
    tool: Tool, session: Session, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(bigbluebutton, "WAIT", 0.1)
    tool.stalls = threading.Event()
    with caplog.at_level(logging.WARNING), pytest.raises(MeetingUnavailable) as refused:
        bigbluebutton.create(session)
    assert "does not answer" in str(refused.value)
    assert refused.value.__suppress_context__  # the error below names the address
    tool.stalls.set()
    tool.hangs_up = True
    with pytest.raises(MeetingUnavailable, match="does not answer"):
        bigbluebutton.create(session)
    assert_says_nothing(tool, str(refused.value), caplog)


def test_it_is_off_until_it_is_set_up(session: Session) -> None:
    assert not bigbluebutton.is_set_up()
    with pytest.raises(MeetingUnavailable, match="not set up"):
        way_in(session, member=MemberFactory.build(pk=5))


def assert_says_nothing(tool: Tool, words: str, caplog: pytest.LogCaptureFixture) -> None:
    said = words + caplog.text
    assert SECRET not in said
    assert "checksum=" not in said
    assert tool.url not in said
