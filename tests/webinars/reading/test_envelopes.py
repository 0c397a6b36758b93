"""Reports that tell only the first coming and the last going, and events that do not pair."""

from __future__ import annotations

import datetime as dt

from tests.webinars.reading.samples import LONDON, minutes_of, read, sample, seconds

MEET = "Name,Email,Duration,Time joined,Time exited\n"
EVENTS = "Full Name\tUser Action\tTimestamp\n"


def test_a_duration_counts_at_most_for_what_lies_in_the_session() -> None:
    """Away for ten minutes, but only half an hour of it can have been in the session."""
    assert minutes_of(read(f"{MEET}Ada,,80 min,6:00 PM,7:30 PM\n")) == {"Ada": 30}


def test_less_than_a_minute_is_no_naught() -> None:
    rows = "Ada,,45 sec,7:00 PM,7:00 PM\nBo,,1 min,7:00 PM,7:00 PM\nCy,,9 min,7:00 PM,7:00 PM\n"

    assert seconds(read(MEET + rows)) == {"Ada": 45, "Bo": 60, "Cy": 0}


def test_a_session_lasts_its_minutes_when_the_clocks_go_back() -> None:
    starts_at = dt.datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)  # to 1:30 for the second time
    row = "Ada,,130 min,2026-10-25 00:50:00,2026-10-25 02:20:00\n"

    assert minutes_of(read(MEET + row, starts_at, 120), starts_at, 120) == {"Ada": 100}


def test_the_participants_tell_the_roles_that_activities_leave_out() -> None:
    text = sample("teams.csv").decode("utf-16")
    before, after = text.split("3. In-Meeting")
    report = read(f"{before}3. In-Meeting{after.replace('Organizer', '')}")

    assert "Helen Host" not in minutes_of(report)


def test_joining_twice_without_leaving_leaves_the_first_open() -> None:
    rows = [("Joined", "19:00"), ("Joined", "19:20"), ("Left", "19:40"), ("Left", "19:50")]
    events = "".join(f"Ada\t{did}\t13/10/2026, {at}:00\n" for did, at in rows)
    report = read(EVENTS + events)

    assert minutes_of(report) == {"Ada": 20}
    assert [note.row for note in report.notes] == [2, 5]
