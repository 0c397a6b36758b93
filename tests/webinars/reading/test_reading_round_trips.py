"""Whatever happened, every tool's report of it says the same."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webinars.reading.samples import HEADINGS, LONDON, read, seconds
from webinars.attendance.presence import present_seconds

Stays = list[tuple[dt.datetime, dt.datetime]]
TIMES = ["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S%z", "%b %-d, %Y %H:%M:%S"]
WEBINAR = "User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)"


def local(at: dt.datetime, form: str) -> str:
    return f"{at.astimezone(LONDON):{form}}"


def zoom_meeting(stays: Stays, form: str) -> str:
    rows = [
        f'Ada,ada@x.example,"{local(join, form)}","{local(leave, form)}",,No'
        for join, leave in stays
    ]
    return "\n".join([HEADINGS, *rows])


def zoom_webinar(stays: Stays, form: str) -> str:
    rows = [f'Yes,Ada,,"{local(join, form)}","{local(leave, form)}",' for join, leave in stays]
    return "\n".join(["Attendee Report", "Attendee Details", f"Attended,{WEBINAR}", *rows])


def teams(stays: Stays, form: str) -> str:
    rows = [
        f"Ada\t{local(join, form)}\t{local(leave, form)}\t\t\tAttendee" for join, leave in stays
    ]
    first, last = min(join for join, _ in stays), max(leave for _, leave in stays)
    whole = f"Ada\t{local(first, form)}\t{local(last, form)}\t\t\t\tAttendee"
    people = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"
    activities = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole"
    parts = ["1. Summary", "2. Participants", people, whole, "3. In-Meeting Activities", activities]
    return "\r\n".join([*parts, *rows])


def teams_events(stays: Stays, form: str) -> str:
    """Joining and leaving in turn, so each device by itself."""
    events = [
        f"Ada\t{did}\t{local(at, form)}"
        for stay in stays
        for did, at in zip(("Joined", "Left"), stay, strict=True)
    ]
    return "\n".join(["Full Name\tUser Action\tTimestamp", *events])


def bigbluebutton(stays: Stays, form: str) -> str:
    del form
    times = [[round(at.timestamp() * 1000) for at in stay] for stay in stays]
    sessions = [{"registeredOn": join, "leftOn": leave} for join, leave in times]
    user = {"name": "Ada", "isModerator": False, "intIds": {"w": {"sessions": sessions}}}
    return json.dumps({"endedOn": 0, "users": {"u": user}})


@st.composite
def meetings(draw: st.DrawFn) -> tuple[dt.datetime, int, Stays]:
    """A session at any minute of a year but the nights when the clocks change, and stays in it."""
    days = st.integers(0, 364).filter(lambda day: day not in {86, 87, 88, 296, 297, 298})
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=draw(days))
    starts_at = day + dt.timedelta(minutes=draw(st.integers(0, 1439)))
    minutes = draw(st.integers(20, 240))
    inside = st.integers(0, minutes * 60 - 1)
    longs = st.integers(1, 5400)
    found = draw(st.lists(st.tuples(inside, longs), min_size=1, max_size=5))
    stays = [
        (starts_at + dt.timedelta(seconds=came), starts_at + dt.timedelta(seconds=came + stayed))
        for came, stayed in found
    ]
    return starts_at, minutes, stays


@pytest.mark.parametrize(
    "tool",
    [zoom_meeting, zoom_webinar, teams, teams_events, bigbluebutton],
    ids=lambda it: it.__name__,
)
@given(meetings(), st.sampled_from(TIMES))
@settings(max_examples=60, deadline=None)
def test_every_tool_tells_the_same(
    tool: object, meeting: tuple[dt.datetime, int, Stays], form: str
) -> None:
    starts_at, minutes, stays = meeting
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    report = read(tool(stays, form), starts_at, minutes)  # type: ignore[operator]

    assert not report.errors
    there = present_seconds(stays, starts_at=starts_at, ends_at=ends_at)
    assert seconds(report, starts_at, minutes) == {"Ada": there}
