"""`import_attendance`: what an operator sees, and what is written."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reading.samples import FILES, MINUTES, STARTS, sample, zoom
from webinars.models import Attendance, AttendanceFile, KnownName, Session

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
ZOOM = str(FILES / "zoom_meeting.csv")
BY_TIME = ("--start", "2026-10-13T19:00", "--minutes", "90")


def said(*arguments: str) -> dict:
    out = StringIO()
    call_command("import_attendance", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refusal(*arguments: str) -> tuple[dict, str]:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_attendance", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue() or "{}"), str(error.value)


@pytest.fixture
def session() -> Session:
    """The session the samples are of; it is over."""
    return SessionFactory(starts_at=STARTS, minutes=MINUTES)


def test_a_file_is_read_for_a_time_and_nothing_is_written() -> None:
    ada = MemberFactory(email="ada@party.example")
    found = said(ZOOM, *BY_TIME)

    assert found["layout"] == "zoom_meeting"
    assert [person["name"] for person in found["ignored"]] == ["Helen Host"]
    by_name = {person["name"]: person for person in found["people"]}
    assert by_name["Ada Nova"]["match"] == ada.email
    assert by_name["Ada Nova"]["confidence"] == 100
    assert by_name["Ada Nova"]["seconds"] == 4200
    assert by_name["Ada Nova"]["seconds_in_file"] == 4320
    assert by_name["Di Unknown"]["seconds"] is None
    assert {person["name"] for person in found["unmatched"]} == set(by_name) - {"Ada Nova"}
    assert found["errors"] == []
    assert not AttendanceFile.objects.exists()


def test_without_a_session_a_name_is_suggested_and_a_known_one_is_enough(tmp_path: Path) -> None:
    jo, bunny = MemberFactory(given_name="Jo", family_name="Smith"), MemberFactory()
    KnownName.objects.create(member=bunny, name="bunny rabbit")
    stay = "10/13/2026 07:00:00 PM,10/13/2026 08:00:00 PM,60,No"
    file = tmp_path / "zoom.csv"
    rows = [f"{name},,{stay}" for name in ("Smith Jo", "Bunny Rabbit", "Nobody Atall")]
    file.write_text(zoom(*rows), encoding="utf-8")
    found = said(str(file), *BY_TIME)
    by_name = {person["name"]: person for person in found["people"]}
    assert (by_name["Bunny Rabbit"]["match"], by_name["Bunny Rabbit"]["confidence"]) == (
        bunny.email,
        90,
    )
    doubtful = by_name["Smith Jo"]
    assert (doubtful["match"], doubtful["confidence"]) == (None, 60)
    assert jo.email in str(doubtful["suggestions"])
    assert [person["name"] for person in found["unmatched"]] == ["Nobody Atall"]


def test_a_check_finds_who_booked_and_writes_nothing(session: Session) -> None:
    bo = BookingFactory(session=session, member__given_name="Bo", member__family_name="Ek").member
    found = said(ZOOM, "--session", str(session.pk), "--check")

    by_name = {person["name"]: person for person in found["people"]}
    assert by_name["Ek, Bo (he/him)"]["match"] == bo.email
    assert 0 < by_name["Ek, Bo (he/him)"]["confidence"] < 100
    assert found["counts"] is False
    assert not AttendanceFile.objects.exists()


def test_who_is_doubtful_comes_with_suggestions(session: Session) -> None:
    booked = BookingFactory(session=session, member__given_name="Ada", member__family_name="Novak")
    found = said(ZOOM, "--session", str(session.pk), "--check")

    doubtful = {person["name"]: person["suggestions"] for person in found["doubtful"]}
    assert doubtful["Ada Nova"] == [{"name": str(booked.member), "match": booked.member.email}]


def test_taken_in_it_counts_once(session: Session) -> None:
    host = MemberFactory(administrator=True)
    ada = MemberFactory(email="ada@party.example")
    for _ in range(2):
        assert said(ZOOM, "--session", str(session.pk))["counts"] is True

    assert AttendanceFile.objects.get().uploaded_by == host
    row = Attendance.objects.get()
    assert (row.member, row.seconds, row.outcome) == (ada, 4200, Attendance.Outcome.ATTENDED)


def test_only_who_runs_the_session_takes_a_report_in(session: Session) -> None:
    MemberFactory(email="ada@party.example")
    host, other = MemberFactory(), MemberFactory()
    session.hosts.add(host)
    session_id = ("--session", str(session.pk))

    assert "--by EMAIL" in refusal(ZOOM, *session_id)[1]
    assert "does not run" in refusal(ZOOM, *session_id, "--by", other.email)[1]
    assert (
        "until 30 days" in refusal(ZOOM, *session_id, "--by", host.email)[1]
    )  # the samples are old
    assert not AttendanceFile.objects.exists()
    runs_all = MemberFactory(administrator=True)
    assert said(ZOOM, *session_id, "--by", runs_all.email.upper())["counts"] is True


def test_what_cannot_be_read_is_said_in_json_too(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("email,given_name\na@x.example,Ada\n")
    found, error = refusal(str(file), "--session", str(session.pk))

    assert found["layout"] is None
    assert found["people"] == []
    assert found["errors"] == [{"row": None, "reason": error}]
    assert "We read" in error


def test_rows_that_cannot_be_used_are_errors_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text(
        zoom(
            "=1+1,,2026-10-13 19:00,2026-10-13 20:00,60,No",
            "Bo,,2026-10-13 20:00,2026-10-13 19:00,60,No",
        )
    )
    found = said(str(file), *BY_TIME)

    assert [person["name"] for person in found["people"]] == ["'=1+1"]
    assert [error["row"] for error in found["errors"]] == [3]


def test_a_session_that_is_not_over_has_no_attendance_yet(tmp_path: Path) -> None:
    MemberFactory(administrator=True)
    session = SessionFactory(starts_at=STARTS.replace(year=2030), minutes=MINUTES)
    file = tmp_path / "report.csv"
    file.write_bytes(sample("zoom_meeting.csv").replace(b"/2026", b"/2030"))
    found, error = refusal(str(file), "--session", str(session.pk))

    assert found["errors"][0]["reason"] == error
    assert "has not ended" in error


def test_for_people_it_is_a_list() -> None:
    out = StringIO()
    call_command("import_attendance", ZOOM, *BY_TIME, stdout=out)

    assert "Cy Oh: 20 min 0 s, ? (0%)" in out.getvalue()
    assert "Di Unknown: length unknown" in out.getvalue()
    assert "People: 4. Doubtful: 0. Not matched: 4." in out.getvalue()
    assert "Nothing was written." in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([ZOOM], "Give either --session, or --start"),
        ([ZOOM, "--start", "2026-10-13T19:00"], "Give either --session, or --start"),
        ([ZOOM, *BY_TIME, "--session", "1"], "There is no session 1"),
        ([ZOOM, "--start", "Tuesday", "--minutes", "90"], "--start is a date and time"),
        ([ZOOM, "--start", "2026-10-13T19:00", "--minutes", "9000"], "between 1 and 600"),
        (["nowhere.csv", *BY_TIME], "cannot be opened"),
    ],
)
def test_what_was_meant_is_asked(arguments: list[str], reason: str) -> None:
    assert reason in refusal(*arguments)[1]
