"""What tools have changed since, and what else stands in their reports."""

from __future__ import annotations

import pytest

from tests.webinars.reading.samples import people, read, sample, seconds, zoom

ZOOM = """Topic,ID,Host,Duration (minutes),Start time,End time,Participants
Speaking up,812 345,{host},101,10/13/2026 06:50:00 PM,10/13/2026 08:31:00 PM,3

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room
Ada Nova,ada@x.example,10/13/2026 07:00:00 PM,10/13/2026 08:00:00 PM,60,Yes,No
Helen Host,{email},10/13/2026 06:50:00 PM,10/13/2026 08:31:00 PM,101,No,No
"""
DAY = "13.10.2026, "


@pytest.mark.parametrize(
    ("host", "email"),
    [
        ("Helen Host (host@x.example)", "host@x.example"),
        ("Helen Host (host@x.example)", ""),
        ("Helen Host", ""),
    ],
)
def test_zoom_writes_the_host_into_one_cell(host: str, email: str) -> None:
    report = read(ZOOM.format(host=host, email=email))

    assert seconds(report) == {"Ada Nova": 3600}
    assert people(report)["Helen Host"].role == "host"


def test_the_sum_below_a_table_is_no_person() -> None:
    report = read(zoom("Ada,,2026-10-13 19:00,2026-10-13 20:00,60,No", "Total,,,,60,"))

    assert seconds(report) == {"Ada": 3600}
    assert "Total" in seconds(read(zoom("Total,t@x.example,,,60,No")))


def teams(headings: str, *rows: str) -> bytes:
    lines = ["1. Zusammenfassung", "", "2. Teilnehmer", headings, *rows]
    return "\r\n".join(line.replace("|", "\t") for line in lines).encode("utf-16")


@pytest.mark.parametrize(
    ("headings", "behind"),
    [
        ("E-Mail|Teilnehmer-ID (UPN)|Rolle", ("h@x.example|h@x.example|{}", "|ada@x.example|{}")),
        ("E-Mail|Rolle|Teilnehmer-ID (UPN)", ("h@x.example|{}|h@x.example", "|{}|ada@x.example")),
        ("E-bost|Y peth|ID (UPN)", ("h@x.example|{}|h@x.example", "|{}|ada@x.example")),
        ("E-bost|ID|Rôl", ("h@x.example|h@x.example|{}", "|ada@x.example|{}")),
        ("E-Mail|Rolle", ("h@x.example|{}", "ada@x.example|{}")),
        ("E-Mail|Rolle|Registriert am", ("h@x.example|{}|", "ada@x.example|{}|")),
    ],
)
def test_teams_tells_the_role_by_its_heading(headings: str, behind: tuple[str, str]) -> None:
    host, ada = behind
    report = read(
        teams(
            f"Name|Erster Beitritt|Letztes Verlassen|Dauer|{headings}",
            f"Helen|{DAY}18:55:00|{DAY}20:30:00|1 Std. 35 Min.|{host.format('Organisator')}",
            f"Ada|{DAY}19:00:00|{DAY}20:00:00|1 Std.|{ada.format('Referent')}",
        )
    )
    assert seconds(report) == {"Ada": 3600}
    assert people(report)["Ada"].email == "ada@x.example"


def test_teams_webinars_tell_the_address_at_registration() -> None:
    text = sample("teams.csv").decode("utf-16").replace("ada@party.example", "")
    text = text.replace("Role", "Role\tRegistration Email", 1)
    text = text.replace("Presenter", "Presenter\tada@x.example", 1)
    report = read(text)

    assert {one.email for one in report.seen if one.name == "Ada Nova"} == {"ada@x.example"}
    assert seconds(report) == seconds(read(sample("teams.csv")))
