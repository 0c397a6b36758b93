"""BigBlueButton by its API: make the meeting, let people in under a name, find recordings.

Optional: without BIGBLUEBUTTON_URL and BIGBLUEBUTTON_SECRET sessions have a link and nothing of
this is offered. Every call is signed with the secret that the server's `bbb-conf --secret` prints.
https://docs.bigbluebutton.org/development/api
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import ParseError

import requests
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from django.conf import settings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from members.models import Member
    from webinars.models import Session

logger = logging.getLogger(__name__)

WAIT = 5  # seconds: to connect, between two pieces of an answer, and for all of it
LARGEST = 1_000_000  # bytes of an answer
NAME_LENGTH = 60  # what a name on a tile may take up

NO_ANSWER = "The meeting tool does not answer at the moment. Try again in a minute."
REFUSED = "The meeting tool did not accept what we asked. Tell the people who run this site."
STRANGE = "The meeting tool gave an answer that we could not read. Try again in a minute."
OFF = "BigBlueButton is not set up on this site."


class MeetingUnavailable(Exception):  # noqa: N818 (a state, not a fault)
    """The meeting tool cannot be used now. The sentence is for people: no address, no secret."""


@dataclass(frozen=True)
class Found:
    """One way to play a recording that the meeting tool has."""

    kind: str  # "presentation", "video" ...
    url: str
    minutes: int


def is_set_up() -> bool:
    """Return whether sessions can be held in BigBlueButton on this site."""
    return bool(settings.BIGBLUEBUTTON_URL and settings.BIGBLUEBUTTON_SECRET)


def create(session: Session) -> None:
    """Make the meeting of a session; one that is there already stays as it is.

    Nobody sees who else takes part, chats in private or shows their camera unless the host lets
    them: people may not want to be seen here.
    """
    answer = _ask(
        "create",
        name=session.webinar.title[:250],
        meetingID=_meeting(session),
        muteOnStart="true",
        webcamsOnlyForModerator="true",
        lockSettingsDisablePrivateChat="true",
        lockSettingsHideUserList="true",
        logoutURL=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + session.get_absolute_url(),
        **_recording_rules(session),
    )
    # The server says "not unique" of a meeting under our number: it is ours, and there.
    if not _succeeded(answer) and answer.findtext("messageKey") != "idNotUnique":
        _refused("create", answer)


def join_url(session: Session, *, member: Member, name: str, is_host: bool = False) -> str:
    """Return the signed address that lets this person in under the name they chose."""
    return _signed(
        "join",
        fullName=" ".join(name.split())[:NAME_LENGTH],
        meetingID=_meeting(session),
        role="MODERATOR" if is_host else "VIEWER",
        userID=participant(session, member),
        redirect="true",
    )


def participant(session: Session, member: Member) -> str:
    """Return how the meeting tool knows this person: another number in each session.

    With it, its learning dashboard can be matched; without our key it tells nobody anything.
    """
    text = f"webinars.participant:{session.uid}:{member.pk}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def is_running(session: Session) -> bool:
    """Return whether anybody is in the meeting now."""
    answer = _accepted("isMeetingRunning", meetingID=_meeting(session))
    return answer.findtext("running", "").strip() == "true"


def recordings(session: Session) -> list[Found]:
    """Return how the recordings of a session can be played, as far as they are ready."""
    answer = _accepted("getRecordings", meetingID=_meeting(session))
    formats = answer.iterfind("./recordings/recording/playback/format")
    found = [
        Found(
            (one.findtext("type") or "recording").strip(),
            (one.findtext("url") or "").strip(),
            _whole(one.findtext("length")),
        )
        for one in formats
    ]
    return [one for one in found if urlsplit(one.url).scheme in ("http", "https")]


def _meeting(session: Session) -> str:
    return str(session.uid)


def _recording_rules(session: Session) -> dict[str, str]:
    """What the webinar's page promises: nothing, the talk (hosts stop for questions), or all."""
    kinds = type(session.webinar).Recorded
    is_all = session.webinar.recorded == kinds.ALL
    return {
        "record": "false" if session.webinar.recorded == kinds.NO else "true",
        "autoStartRecording": "true" if is_all else "false",
        "allowStartStopRecording": "false" if is_all else "true",
    }


def _signed(call: str, **parameters: str) -> str:
    """Return the address of a call with its checksum: a hash of call, parameters and secret."""
    if not is_set_up():
        raise MeetingUnavailable(OFF)
    query = urlencode(parameters)
    signature = hashlib.new(settings.BIGBLUEBUTTON_HASH, usedforsecurity=False)
    signature.update(f"{call}{query}{settings.BIGBLUEBUTTON_SECRET}".encode())
    root = settings.BIGBLUEBUTTON_URL.rstrip("/").removesuffix("/api")
    return f"{root}/api/{call}?{query}&checksum={signature.hexdigest()}"


def _accepted(call: str, **parameters: str) -> Element:
    answer = _ask(call, **parameters)
    if not _succeeded(answer):
        _refused(call, answer)
    return answer


def _succeeded(answer: Element) -> bool:
    return answer.findtext("returncode") == "SUCCESS"


def _ask(call: str, **parameters: str) -> Element:
    """Call the server and return the XML of its answer."""
    body = _fetched(call, _signed(call, **parameters))
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        logger.warning("BigBlueButton, %s: the answer is no XML we read", call)
        raise MeetingUnavailable(STRANGE) from None
    return root


def _fetched(call: str, address: str) -> bytes:
    """Return what the server answers. Its address is signed: it goes into no log and no error."""
    ends, body = time.monotonic() + WAIT, b""
    try:
        with requests.get(address, timeout=WAIT, stream=True, allow_redirects=False) as answer:
            if answer.status_code != requests.codes.ok:
                logger.warning("BigBlueButton, %s: status %s", call, answer.status_code)
                raise MeetingUnavailable(NO_ANSWER)
            for piece in answer.iter_content(65_536):
                body += piece
                if len(body) > LARGEST or time.monotonic() > ends:
                    logger.warning("BigBlueButton, %s: the answer is too long", call)
                    raise MeetingUnavailable(STRANGE)
    except (requests.RequestException, OSError) as failure:
        logger.warning("BigBlueButton, %s: %s", call, type(failure).__name__)
        raise MeetingUnavailable(NO_ANSWER) from None
    return body


def _refused(call: str, answer: Element) -> NoReturn:
    key = "".join(one for one in answer.findtext("messageKey", "") if one.isalnum())
    logger.warning("BigBlueButton, %s: refused (%s)", call, key[:40] or "no reason given")
    raise MeetingUnavailable(REFUSED)


def _whole(text: str | None) -> int:
    try:
        return max(int(text or 0), 0)
    except ValueError:
        return 0
