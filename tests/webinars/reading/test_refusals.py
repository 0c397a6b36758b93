"""Files of other things, too large ones, broken ones: refused in a sentence."""

from __future__ import annotations

import pytest

from tests.webinars.reading.samples import people, read, sample, zoom
from webinars.attendance.reading import Unreadable

OTHERS = {
    "nothing": b"",
    "blanks": b"\n \n\t\n",
    "naughts": b"\0" * 4000,
    "a PDF": b"%PDF-1.7\n1 0 obj",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a workbook": b"PK\x03\x04\x14\0\x06\0",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1",
    "bytes": bytes(range(256)) * 20,
    "a roster": b"email,membership_number,given_name,family_name,unit\na@x.example,1,A,B,leeds\n",
    "members with dates": b"Name,Role,Joined,Left\nAda,Chair,2020-01-01,2021-01-01\n",
    "a timesheet": b"Name,Email,Duration\nAda,ada@x.example,120\nBo,bo@x.example,2h\n",
    "sign-ups": b"Name,Email,Joined at\nAda,ada@x.example,13/10/2026 19:30\n",
    "sign-ups by the clock": b"Name,Email,Time joined\nAda,ada@x.example,19:30\n",
    "a forum": b"Name,Moderator,Joined\nAda,TRUE,2026-10-13 19:00\nBo,FALSE,2026-10-13 19:30\n",
    "headings alone": b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n",
    "completions": b"name,email,course,duration,completed_on\nA,a@x.example,basics,20,2026-10-13\n",
    "registrations": b"Registration Report\nFirst Name,Last Name,Email,Registration Time\nA,B,,\n",
    "questions": b"::Q1:: Who may help? {=The lead ~Nobody}\n",
    "a page": b"<!doctype html><html><body><table><tr><td>Name</td></tr></table></body></html>",
    "prose": "Ada was there, I think; so was Bo.\n".encode("utf-16"),
    "JSON of others": b'{"users": [{"id": 1}], "name": "Ada"}',
    "a JSON list": b"[1, 2, 3]",
    "broken JSON": b'{"users": {',
    "deep JSON": b"[" * 200_000,
    "an endless number": b'{"users": ' + b"9" * 5000 + b"}",
    "wide": b"Name,User Email,Duration (Minutes)" + b"," * 100_000,
    "an open quotation mark": b'Name,User Email,Duration (Minutes)\n"Ada,a@x.example,5\nBo,,5\n',
}


@pytest.mark.parametrize("what", OTHERS)
def test_other_things_are_refused_and_told_what_was_expected(what: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(OTHERS[what])

    assert "Zoom" in str(refusal.value)
    assert "BigBlueButton" in str(refusal.value)


def test_a_workbook_is_asked_for_as_csv() -> None:
    with pytest.raises(Unreadable, match="Save it as CSV"):
        read(OTHERS["a workbook"])


def test_a_report_of_which_no_row_can_be_used_says_why() -> None:
    with pytest.raises(Unreadable, match=r"can be used\. Row 2: “soon” is not a time"):
        read(zoom("Ada,,soon,2026-10-13 20:00,60,No", "Bo,,never,2026-10-13 20:00,60,No"))


def test_too_large_a_file() -> None:
    with pytest.raises(Unreadable, match="larger than 10 MB"):
        read(b"a,b\n" * 2_700_000)


def test_too_many_rows() -> None:
    with pytest.raises(Unreadable, match="more than 50,000 rows"):
        read(zoom(*["Ada,,,,5,No"] * 50_001))


def test_a_file_that_was_cut_in_the_middle_of_a_letter() -> None:
    report = read(sample("teams.csv")[:-1])

    assert "Ada Nova" in people(report)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 7700 900123", "'+44 7700 900123"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("Ada\u202eavoN\u200b", "AdaavoN"),
        ("Ada\x85Nova", "Ada Nova"),
        ("Siân O\u2019Neill-Nowák", "Siân O\u2019Neill-Nowák"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    report = read(zoom(f'"{given}",,2026-10-13 19:00,2026-10-13 20:00,60,No'))

    assert [one.name for one in report.seen] == [kept]


def test_long_names_and_odd_addresses_fit_where_they_are_kept() -> None:
    rows = [
        f"{'Ada ' * 100},{'a' * 300}@x.example,,,5,No",
        "Bo,=cmd@x.example,,,5,No",
        "Cy,n/a,,,5,No",
    ]
    seen = read(zoom(*rows)).seen

    assert max(len(one.name) for one in seen) <= 200
    assert {one.email for one in seen} == {""}
