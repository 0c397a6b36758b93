"""Which number is the day, which day it was, and whose clock: settled or refused."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.webinars.reading.samples import HEADINGS, LONDON, minutes_of, people, read, sample, zoom
from webinars.attendance.reading import Unreadable


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]


def a_stay(day: str) -> str:
    return zoom(f"Ada Nova,ada@party.example,{day} 19:00:00,{day} 20:00:00,60,No")


@pytest.mark.parametrize(
    "day",
    [
        "13/10/2026",
        "10/13/2026",
        "13.10.2026",
        "13-10-26",
        "10/13/26",
        "2026-10-13",
        "2026/10/13",
        "13 Oct 2026",
        "13-Oct-2026",
        "13th October 2026",
        "Tue 13 October 2026",
        '"Oct 13, 2026"',
    ],
)
def test_a_day_in_any_dress(day: str) -> None:
    text = a_stay(day).replace('" 19:00:00', ' 19:00:00"').replace('" 20:00:00', ' 20:00:00"')

    assert minutes_of(read(text)) == {"Ada Nova": 60}


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("7:00:00 PM", "8:00:00 PM"),
        ("07:00 pm", "08:00 pm"),
        ("7:00 p.m.", "8:00 p. m."),
        ("7:00\u202fPM", "8:00\u00a0PM"),
        ("19:00", "20:00:00.000"),
        ("18:00:00Z", "19:00:00Z"),
        ("18:00 UTC", "19:00 GMT"),
        ("19:00 BST", "20:00 (GMT+01:00)"),
        ("20:00+02:00", "21:00+0200"),
    ],
)
def test_a_time_in_any_dress(begins: str, ends: str) -> None:
    report = read(zoom(f"Ada,,2026-10-13 {begins},2026-10-13 {ends},60,No"))

    assert minutes_of(report) == {"Ada": 60}


def test_the_same_file_is_of_march_or_of_october_as_the_session_is() -> None:
    text = a_stay("03/10/2026")

    october = read(text, at(2026, 10, 3, 19)).seen[0].intervals[0][0]
    march = read(text, at(2026, 3, 10, 19)).seen[0].intervals[0][0]
    assert (october.month, march.month) == (10, 3)


def test_a_day_that_is_the_same_in_both_orders() -> None:
    starts_at = at(2026, 10, 10, 19)

    assert minutes_of(read(a_stay("10/10/2026"), starts_at), starts_at) == {"Ada Nova": 60}


def test_another_day_is_refused_with_both_days() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(a_stay("2026-10-03"))

    assert (
        str(refusal.value)
        == "This report is of 3 October 2026; the session was on 13 October 2026."
    )


def test_a_day_that_fits_in_neither_order_is_refused_with_both_readings() -> None:
    with pytest.raises(Unreadable, match="3 October 2026 or 10 March 2026; the session was on 13"):
        read(a_stay("03/10/2026"))


def test_two_orders_in_one_file_are_refused() -> None:
    rows = [
        "Ada,,10/11/2026 23:30,11/11/2026 00:10,40,No",
        "Bo,,11/10/2026 23:30,11/11/2026 00:10,40,No",
    ]
    with pytest.raises(Unreadable, match="with the day first or the month first"):
        read(zoom(*rows), at(2026, 11, 10, 23), 120)


def test_who_stayed_past_midnight_does_not_make_the_day_doubtful() -> None:
    starts_at = at(2026, 10, 10, 19)
    rows = [
        "Ada,,10/10/2026 19:00,10/10/2026 20:30,90,No",
        "Helen,,10/10/2026 18:50,11/10/2026 00:45,355,No",
    ]
    assert minutes_of(read(zoom(*rows), starts_at), starts_at) == {"Ada": 90, "Helen": 90}


def test_a_report_of_every_time_a_meeting_was_held() -> None:
    rows = [
        f"{name},,{day}/10/2026 19:00,{day}/10/2026 20:00,60,No"
        for day, name in ((6, "Ada"), (6, "Bo"), (6, "Cy"), (13, "Ada"), (20, "Cy"))
    ]
    assert minutes_of(read(zoom(*rows))) == {"Ada": 60, "Bo": 0, "Cy": 0}


def test_the_meetings_own_block_tells_the_day_where_rows_do_not() -> None:
    text = sample("zoom_unique.csv").decode()
    with pytest.raises(Unreadable, match="of 13 October 2026; the session was on 14 October 2026"):
        read(text, at(2026, 10, 14, 19))


def test_a_report_without_any_day_says_so() -> None:
    assert (
        "no times"
        in read(f"{HEADINGS.replace('Join Time,Leave Time,', '')}\nAda,,57,No").notes[0].reason
    )
    assert "without a date" in read(sample("meet.csv")).notes[-1].reason


def test_a_session_across_midnight() -> None:
    starts_at = at(2026, 10, 13, 23, 30)
    rows = [
        "Ada,,10/13/2026 11:25:00 PM,10/14/2026 12:30:00 AM,65,No",
        "Bo,,10/14/2026 12:10:00 AM,10/14/2026 12:40:00 AM,30,No",
    ]
    meet = (
        "Name,Email,Duration,Time joined,Time exited\n"
        "Ada,,65 min,11:25 PM,12:30 AM\nBo,,30 min,12:10 AM,12:40 AM"
    )

    assert minutes_of(read(zoom(*rows), starts_at, 60), starts_at, 60) == {"Ada": 60, "Bo": 20}
    assert minutes_of(read(meet, starts_at, 60), starts_at, 60) == {"Ada": 60, "Bo": 20}


@pytest.mark.parametrize("hours", [-1, 1, 5, -8])
def test_a_report_in_another_zone_is_refused(hours: int) -> None:
    """Those who come and go with the session do so some hours off; one left early."""
    shift = dt.timedelta(hours=hours)
    begins = dt.datetime(2026, 10, 13, 19) + shift  # noqa: DTZ001
    rows = []
    for name, came, stayed in (("Ada", -4, 92), ("Bo", 2, 88), ("Cy", 5, 30), ("Di", 1, 90)):
        join = begins + dt.timedelta(minutes=came)
        rows.append(f"{name},,{join},{join + dt.timedelta(minutes=stayed)},{stayed},No")
    with pytest.raises(Unreadable) as refusal:
        read(zoom(*rows))

    word = "later" if hours > 0 else "earlier"
    assert f"are {abs(hours)} hour{'s' * (abs(hours) > 1)} {word} than" in str(refusal.value)


@pytest.mark.parametrize("seconds", [0, 1])
def test_two_people_who_keep_time_to_the_second_are_refused_too(seconds: int) -> None:
    stay = f"2026-10-13 18:00:0{seconds},2026-10-13 19:30:00,90,No"
    with pytest.raises(Unreadable, match="1 hour earlier"):
        read(zoom(f"Ada,a@x.example,{stay}", f"Bo,b@x.example,{stay}"))


def test_who_came_after_the_end_was_not_there_and_that_is_known() -> None:
    rows = [
        "Ada,,2026-10-13 18:58,2026-10-13 20:30,92,No",
        "Bo,,2026-10-13 20:31,2026-10-13 20:40,9,No",
    ]

    assert minutes_of(read(zoom(*rows))) == {"Ada": 90, "Bo": 0}


def test_the_hour_that_comes_twice_is_settled_by_the_duration() -> None:
    """On 25 October 2026 the clock shows 1:30 twice, an hour apart."""
    starts_at = at(2026, 10, 25, 0, 30)
    rows = [
        "Ada,,2026-10-25 01:10:00,2026-10-25 01:20:00,70,No",
        "Bo,,2026-10-25 01:10:00,2026-10-25 01:20:00,10,No",
        "Cy,,2026-10-25 01:50:00,2026-10-25 01:05:00,15,No",
        "Di,,2026-10-25 01:50:00,2026-10-25 01:55:00,,No",
    ]
    report = read(zoom(*rows), starts_at, 180)

    assert minutes_of(report, starts_at, 180) == {"Ada": 70, "Bo": 10, "Cy": 15, "Di": 5}
    assert not report.errors


def test_the_hour_that_never_was_is_an_error() -> None:
    starts_at = at(2026, 3, 29, 0, 30)
    rows = [
        "Ada,,2026-03-29 01:10,2026-03-29 02:20,10,No",
        "Bo,,2026-03-29 00:50,2026-03-29 02:20,30,No",
    ]
    report = read(zoom(*rows), starts_at, 90)

    assert [(error.row, "went forward" in error.reason) for error in report.errors] == [(2, True)]
    assert minutes_of(report, starts_at, 90) == {"Bo": 30}


def test_rows_that_cannot_be_are_named_and_the_others_stay() -> None:
    rows = [
        "Ada,,2026-10-13 20:00,2026-10-13 19:00,60,No",
        "Bo,,soon,2026-10-13 19:30,30,No",
        "Cy,,2026-13-45 19:00,2026-10-13 19:30,30,No",
        ",,2026-10-13 19:00,2026-10-13 19:30,30,No",
        "Di,,2026-10-13 19:00,2026-10-13 19:30,30,No",
    ]
    report = read(zoom(*rows))

    assert [error.row for error in report.errors] == [2, 3, 4, 5]
    assert "before they join" in report.errors[0].reason
    assert list(people(report)) == ["Di"]


def test_what_is_not_known_is_not_zero() -> None:
    rows = ["Ada,,2026-10-13 19:00,,,No", "Bo,,,,,No", "Cy,,,2026-10-13 19:30,20,No", "Di,,,,15,No"]
    rows.append("Flo,,2026-10-13 19:00,In meeting,,No")
    report = read(zoom(*rows))

    assert minutes_of(report) == {"Ada": None, "Bo": None, "Cy": 20, "Di": 15, "Flo": None}
    assert [note.row for note in report.notes] == [2, 3, 6]
