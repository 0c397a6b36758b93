"""Every layout we say we read, as the tools write it."""

from __future__ import annotations

import pytest

from tests.webinars.reading.samples import people, read, sample, seconds, zoom

ZOOM, WEBINAR, BBB = "zoom_meeting", "zoom_webinar", "bigbluebutton"
# The file, what it is, how long each attendee was there in seconds, and who does not count.
LAYOUTS = [
    # Ada: 19:00 to 19:40 and on her phone 19:30 to 20:10; Cy's leaving is told by the duration.
    (
        "zoom_meeting.csv",
        ZOOM,
        {"Ada Nova": 4200, "Ek, Bo (he/him)": 4500, "Cy Oh": 1200, "Di Unknown": None},
        {"Helen Host"},
    ),
    ("zoom_meeting_plain.csv", ZOOM, {"Ada Nova": 2400, "Ek, Bo": 4500}, {"Helen (Host)"}),
    ("zoom_unique.csv", ZOOM, {"Ada Nova": 57 * 60, "Bo Ek": 90 * 60}, {"Helen Host"}),
    ("zoom_detailed.csv", ZOOM, {"Ada Nova": 3600}, {"Helen Host"}),
    (
        "zoom_webinar.csv",
        WEBINAR,
        {"Ada Nova": 55 * 60, "447700900123": 5400},
        {"Helen Host", "Pat Panel"},
    ),
    # Ada's two stays are told; of Bo only 40 minutes somewhere between 19:00 and 20:40.
    ("teams.csv", "teams", {"Ada Nova": 2402, "Bo Ek (Guest)": 2402}, {"Helen Host"}),
    ("teams_german.csv", "teams", {"Ada Nova": 2402}, {"Helen Host"}),
    ("teams_spanish.csv", "teams", {"Ada Nova": 5400}, {"Helen Host"}),
    ("teams_2021.csv", "teams", {"Ada Nova": 3600}, {"Helen Host"}),
    ("teams_events.csv", "teams", {"Ada Nova": 3000, "Bo Ek": None, "Helen Host": None}, set()),
    ("teams_events_german.csv", "teams", {"Ada Nova": 1800, "Helen Host": None}, set()),
    ("meet.csv", "meet", {"Ada Nova": 3900, "Bo Ek": 1200, "Cy Oh": 3300, "Di": None}, set()),
    ("meet_dated.csv", "meet", {"Ada Nova": 64 * 60 + 49}, set()),
    ("bigbluebutton.csv", BBB, {"Ada Nova": 3600, "Bo Ek": 1800}, {"Mo Derator"}),
    ("bigbluebutton_semicolons.csv", BBB, {"Ada Nova": 3600}, {"Mo Derator"}),
    # Two devices: 19:00 to 19:50; and 19:40 to the end of the meeting.
    ("bigbluebutton.json", BBB, {"Ada Nova": 5400}, {"Mo Derator"}),
    ("bigbluebutton_old.json", BBB, {"Ada Nova": 3600, "Bo Ek": None}, set()),
]


@pytest.mark.parametrize(
    ("name", "layout", "there", "ignored"), LAYOUTS, ids=[layout[0] for layout in LAYOUTS]
)
def test_a_layout_is_read(
    name: str, layout: str, there: dict[str, int | None], ignored: set[str]
) -> None:
    report = read(sample(name))

    assert report.layout == layout
    assert not report.errors
    assert seconds(report) == there
    assert {one.name for one in people(report).values() if one.role != "attendee"} == ignored


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(encoding: str, ends: str) -> None:
    text = sample("zoom_meeting_plain.csv").decode().replace("Ada Nova", "Zoë Müller")
    report = read(text.replace("\n", ends).encode(encoding))

    assert seconds(report) == {"Zoë Müller": 2400, "Ek, Bo": 4500}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_any_separator(separator: str) -> None:
    text = sample("zoom_webinar.csv").decode()
    text = text.replace(", 2026", "# 2026").replace(",", separator).replace("# 2026", ", 2026")

    assert seconds(read(text)) == {"Ada Nova": 55 * 60, "447700900123": 5400}


def test_names_with_quotation_marks_and_line_breaks() -> None:
    rows = '"Ada ""Ace""\nNova",ada@party.example,2026-10-13 19:00,2026-10-13 20:00,60,No\nBo,,'
    report = read(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n" + rows
    )

    assert [one.name for one in report.seen] == ['Ada "Ace" Nova', "Bo"]


def test_a_webinar_without_anybody() -> None:
    text = sample("zoom_webinar.csv").decode()
    report = read(text[: text.index("Yes,Ada")])

    assert seconds(report) == {}


def test_a_block_above_that_names_the_host_is_no_list_of_people() -> None:
    block = "Topic,Meeting ID,User Name,User Email,Start Time,Duration (Minutes)\n"
    facts = "Speaking up,812,Helen Host,host@party.example,13/10/2026 18:50,101\n\n"
    report = read(block + facts + zoom("Ada,,13/10/2026 19:00,13/10/2026 20:00,60,No"))

    assert seconds(report) == {"Ada": 3600}
    assert list(people(report)) == ["Ada"]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    assert {one.row for one in read(sample("zoom_meeting.csv")).seen} == {5, 7, 8, 9, 10, 11}


def test_who_was_only_in_the_waiting_room_was_not_there() -> None:
    text = sample("zoom_meeting.csv").decode().replace("75,Yes,,No", "75,Yes,,Yes")
    report = read(text)

    assert "Ek, Bo (he/him)" not in people(report)
    assert [note.row for note in report.notes if "waiting room" in note.reason] == [6, 9]


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("A rejoint", "A quitté"),
        ("Se unió", "Abandonó"),
        ("Ingressou", "Saiu"),
        ("Wedi ymuno", "Wedi gadael"),
        ("Dołączono", "Opuszczono"),
    ],
)
def test_events_in_other_languages(joined: str, left: str) -> None:
    events = f"Wer\tWas\tWann\nAda\t{joined}\t13/10/2026, 19:00:00\n"

    assert seconds(read(f"{events}Ada\t{left}\t13/10/2026, 19:30:00\n")) == {"Ada": 1800}


def test_a_co_organiser_is_a_host_and_a_presenter_is_not() -> None:
    text = sample("teams.csv").decode("utf-16")
    report = read(text.replace("Presenter", "Co-organizer"))

    assert seconds(report) == {"Bo Ek (Guest)": 2402}
