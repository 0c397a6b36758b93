"""Places side by side: in the right order, narrowed, compared, taken away, and nobody else's."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from compliance.models import MonthlyFigure
from compliance.reports.remembering import remember_month
from members.models import AuditEvent, Member, Tenure
from tests.compliance.conftest import page
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

OCTOBER = dt.date(2026, 10, 31)


@pytest.fixture
def regional(party: Party, officer: Callable, client_of: Callable) -> Client:
    return client_of(officer(party.region))


def cells(html: str, place: str) -> list[str]:
    """Return a place's row of the table in numbers."""
    table = html[html.index("The places in numbers") :]
    row = next(row for row in table.split("<tr")[1:] if place in row)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]


def table_of(client: Client, kind: str = "csv", **query: str) -> list[list[str]]:
    answer = client.get(reverse("compliance:places", args=["NORTH", kind]), query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_row_says_how_a_place_stands(regional: Client, party: Party) -> None:
    Tenure.objects.filter(member=party.b.chair).delete()
    row = cells(page(regional, "NORTH"), "Birch CLP")
    assert row[:5] == ["Birch CLP", "4", "25%", "2", "None recorded"]
    assert row[5:] == ["21 November 2026", "Not known"]


def test_compared_with_the_end_of_last_month(regional: Client, party: Party) -> None:
    remember_month(OCTOBER)
    course = party.a.chair.completions.get().course
    CompletionFactory(
        member=party.a.people["overdue"], course=course, completed_on=dt.date(2026, 11, 2)
    )
    html = page(regional, "NORTH")
    assert cells(html, "Alder CLP")[-1] == "Up 10 points", "2 of 4 in October, 3 of 5 now"
    assert cells(html, "Birch CLP")[-1] == "Down 10 points"
    assert "Up to date: 50% in October 2026" in html


def test_the_line_shows_gaps_as_gaps(regional: Client, party: Party) -> None:
    for month in (dt.date(2026, 7, 31), OCTOBER, dt.date(2024, 10, 31)):
        remember_month(month)
    html = page(regional, "NORTH")
    assert "Up to date: 50% in July 2026, 50% in October 2026" in html
    assert html.count("No figure<") == 2
    assert "2024" not in html[html.index("Over two years") :]
    before = page(regional, "NORTH", on="2026-09-15")
    assert "October 2026" not in before


def test_a_clps_page_has_its_line(party: Party, client_of: Callable) -> None:
    client = client_of(party.a.chair)
    assert "Over two years" not in page(client, "ALDER1")
    remember_month(OCTOBER)
    assert "Up to date: 50% in October 2026" in page(client, "ALDER1")


def test_one_requirement_alone(regional: Client, party: Party) -> None:
    other = RequirementFactory(title="For chairs", post_kinds=[party.kinds["chair"]])
    html = page(regional, "NORTH", requirement=str(other.pk))
    assert "About one training: For chairs." in html
    assert cells(html, "Alder CLP")[1:4] == ["1", "0%", "1"]


@pytest.mark.parametrize(
    "query",
    [{"requirement": "0"}, {"show": "x"}, {"sort": "x"}, {"show": "stale", "on": "2026-01-01"}],
)
def test_what_cannot_be_asked_is_not_there(regional: Client, query: dict) -> None:
    assert regional.get(reverse("compliance:unit", args=["NORTH"]), query).status_code == 404
    assert (
        regional.get(reverse("compliance:places", args=["NORTH", "csv"]), query).status_code == 404
    )


def test_days_that_cannot_be_are_refused_in_words(regional: Client) -> None:
    for name in ("unit", "places"):
        args = ["NORTH"] if name == "unit" else ["NORTH", "csv"]
        answer = regional.get(reverse(f"compliance:{name}", args=args), {"on": "2027-01-01"})
        assert answer.status_code == 400


def test_what_the_records_lack(regional: Client, party: Party) -> None:
    people = party.a.people
    Member.objects.filter(pk=people["due"].pk).update(email=None)
    Member.objects.exclude(pk=people["due"].pk).update(first_signed_in_on=dt.date(2026, 1, 1))
    Tenure.objects.filter(unit__path__startswith=party.b.clp.path).update(
        recorded_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC)
    )
    html = re.sub(r"<[^>]+>", "", page(regional, "NORTH"))
    assert "2 constituency parties have no secretary recorded" in html
    assert "0 constituency parties have no chair recorded" in html
    assert "1 constituency party has no change of a role recorded for 90 days" in html
    assert "1 person holds a role and has no e-mail address on record" in html
    assert "1 person must be trained and has never signed in" in html
    for show, there, not_there in (
        ("stale", "Birch CLP", "Alder CLP"),
        ("no-email", "Alder CLP", "Birch CLP"),
        ("never-signed-in", "Alder CLP", "Birch CLP"),
    ):
        html = page(regional, "NORTH", show=show)
        assert there in html
        assert not_there not in html


def test_csv_and_xlsx_have_the_same_rows(regional: Client, party: Party) -> None:
    UnitFactory(parent=party.region, name="=cmd CLP", code="EMPTY")
    rows = table_of(regional, sort="name")
    assert rows[2][:7] == ["Alder CLP", "ALDER1", "5", "2", "40", "1", "2"]
    assert rows[1][:7] == ["'=cmd CLP", "EMPTY", "0", "0", "", "0", "0"]
    assert "The North. As at 21 November 2026." in rows[-1][0]
    answer = regional.get(reverse("compliance:places", args=["NORTH", "xlsx"]), {"sort": "name"})
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    cells = [[str(cell) for cell in row if cell is not None] for row in sheet.values]
    assert cells[:-1] == [[cell for cell in row if cell] for row in rows[:-1]]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    events = AuditEvent.objects.filter(action="compliance.figures_exported")
    assert [event.detail["format"] for event in events.order_by("pk")] == ["csv", "xlsx"]
    assert events[0].detail["serial"] in sheet.cell(len(cells), 1).value


@pytest.mark.parametrize("kind", ["pdf", "CSV", "xls"])
def test_no_other_files(regional: Client, kind: str) -> None:
    assert regional.get(reverse("compliance:places", args=["NORTH", kind])).status_code == 404


def test_another_region_is_not_there(regional: Client, party: Party) -> None:
    south = UnitFactory(parent=party.root, region=True, name="The South", code="SOUTH")
    inside = UnitFactory(parent=south, name="South CLP", code="SOUTH1")
    for unit in (south, inside, party.root):
        answer = regional.get(reverse("compliance:unit", args=[unit.code]))
        assert answer.status_code == 404
        assert (
            regional.get(reverse("compliance:places", args=[unit.code, "csv"])).status_code == 404
        )
    assert "South CLP" not in page(regional, "NORTH")


def test_a_chair_has_no_table(party: Party, client_of: Callable) -> None:
    client = client_of(party.a.chair)
    for code in ("ALDER1", "NORTH"):
        assert client.get(reverse("compliance:places", args=[code, "csv"])).status_code == 404


def test_many_places_come_in_pages_and_folded(regional: Client, party: Party) -> None:
    for number in range(61):
        UnitFactory(parent=party.region, name=f"More {number:02}")
    html = page(regional, "NORTH", sort="name")
    assert html.count('data-label="Roles last changed"') == 60
    assert "<details" in html[: html.index("The places in numbers")]
    assert len(table_of(regional)) == 1 + 63 + 1
    assert "More 60" in page(regional, "NORTH", sort="name", page="2")


@pytest.mark.parametrize("extra", [0, 10])
def test_a_file_costs_the_same_however_many_places(
    regional: Client, party: Party, extra: int, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(extra):
        TenureFactory(post_kind=party.kinds["councillor"], unit=UnitFactory(parent=party.region))
    table_of(regional)
    MonthlyFigure.objects.all().delete()
    with django_assert_max_num_queries(25):
        table_of(regional)
