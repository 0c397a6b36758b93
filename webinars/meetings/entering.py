"""The way into a session, whichever tool it is held in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.meetings import bigbluebutton
from webinars.meetings.bigbluebutton import MeetingUnavailable
from webinars.models import Session

if TYPE_CHECKING:
    from members.models import Member

NO_LINK = "The host has not given the joining link yet. Try again in a few minutes."


def way_in(session: Session, *, member: Member, name: str = "", is_host: bool = False) -> str:
    """Return the address that lets this person in, making the meeting first where it is ours.

    Who may enter now is the caller's question. Raises MeetingUnavailable with a sentence.
    """
    if session.tool == Session.Tool.BIGBLUEBUTTON:
        bigbluebutton.create(session)
        shown = name.strip() or member.name_for_others
        return bigbluebutton.join_url(session, member=member, name=shown, is_host=is_host)
    if not session.join_url:
        raise MeetingUnavailable(NO_LINK)
    return session.join_url
