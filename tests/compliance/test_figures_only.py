"""Who may see figures and no names: no page, file or form gives a name or a number under five."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from compliance.reports.remembering import month_ends, remember_month
from members.models import AuditEvent, Member, Tenure, Unit
from tests.compliance.conftest import page
from tests.compliance.test_region import cells, table_of
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(party: Party, officer: Callable, client_of: Callable) -> Client:
    return client_of(officer(party.root, post="figures"))


def fill(party: Party, unit: Unit, *, covered: int, overdue: int) -> None:
    """Give a unit councillors who are up to date and others who are overdue."""
    course = party.a.chair.completions.get().course
    for number in range(covered + overdue):
        member = TenureFactory(post_kind=party.kinds["councillor"], unit=unit).member
        if number < covered:
            CompletionFactory(member=member, course=course, completed_on=dt.date(2026, 6, 1))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def addresses() -> list[str]:
    """Return every address of team training, for each unit and each person."""
    found = [reverse("compliance:home")]
    codes = list(Unit.objects.values_list("code", flat=True))
    for code in codes:
        of_unit = ("unit", "export", "returns", "remind_overdue")
        found += [reverse(f"compliance:{name}", args=[code]) for name in of_unit]
        found += [reverse("compliance_paper", args=[code])]
        found += [reverse("compliance:places", args=[code, kind]) for kind in ("csv", "xlsx")]
        found += [reverse("compliance:quarter", args=[code, "2026-3"])]
        found += [reverse("compliance:return", args=[code, "2026-3", 1])]
        found += [reverse("compliance_return_paper", args=[code, "2026-3", 1])]
        for pk in Member.objects.values_list("pk", flat=True):
            found += [
                reverse(f"compliance:{name}", args=[code, pk]) for name in ("person", "remind")
            ]
    return found


def body(response: object) -> str:
    if response.content.startswith(b"PK"):
        [sheet] = load_workbook(io.BytesIO(response.content)).worksheets
        return " ".join(str(cell) for row in sheet.values for cell in row)
    return response.content.decode() + str(response.headers)


def test_no_page_file_or_form_has_a_name(committee: Client, party: Party) -> None:
    for month in month_ends(2):
        remember_month(month)
    TenureFactory(
        member=party.a.people["due"], post_kind=party.kinds["councillor"], unit=party.root
    )
    canaries = [
        word
        for world in (party.a, party.b)
        for member in world.people.values()
        for word in (member.family_name, member.email, member.membership_number)
    ]
    opened = set()
    for url in addresses():
        for method in ("get", "post", "head"):
            response = getattr(committee, method)(url, {"reason": "meeting"})
            assert not [word for word in canaries if word in body(response)], url
            if response.status_code == 200 and method == "get":
                opened.add(url)
    units = [
        reverse("compliance:unit", args=[unit]) for unit in ("PARTY", "NORTH", "ALDER1", "BIRCH1")
    ]
    files = [
        reverse("compliance:places", args=[unit, kind])
        for unit in ("PARTY", "NORTH")
        for kind in ("csv", "xlsx")
    ]
    assert opened == {*units, *files}
    assert not AuditEvent.objects.exclude(action="compliance.figures_exported").exists()


def test_nothing_is_listed_by_name_to_them(party: Party, officer: Callable) -> None:
    viewer = officer(party.root, post="figures")
    assert (viewer.oversees, viewer.sees_figures) == (False, True)
    assert list(Member.objects.visible_to(viewer)) == [viewer]
    assert {held.member for held in Tenure.objects.visible_to(viewer)} == {viewer}
    assert not Unit.objects.overseen_by(viewer).exists()


def test_small_numbers_are_not_shown_nor_what_gives_them_away(
    committee: Client, party: Party
) -> None:
    fill(party, party.a.clp, covered=20, overdue=0)
    html = page(committee, "NORTH")
    assert cells(html, "Alder CLP")[1:4] == ["25", "Not shown", "Not shown"], "of 22, 1 and 2"
    Tenure.objects.filter(member=party.b.people["due"]).delete()
    html = page(committee, "NORTH")
    assert cells(html, "Alder CLP")[1:4] == ["Not shown"] * 3, "25 of 29 tell the other 4"
    said = text(page(committee, "ALDER1"))
    assert "Alder CLP has too few people for its numbers to be shown without names." in said
    assert not re.search(r"\b(2|5|20|22|25)\b", said[: said.index("Fewer than 5")])


def test_large_numbers_are_shown(committee: Client, party: Party) -> None:
    for name in ("One", "Two"):
        clp = UnitFactory(parent=party.region, name=f"Large {name}", code=name.upper())
        fill(party, clp, covered=30, overdue=12)
    html = page(committee, "NORTH")
    for name in ("Large One", "Large Two"):
        assert cells(html, name)[1] == "42"
    assert "42 people in Large One hold a role that needs training." in text(page(committee, "ONE"))


def test_a_page_shows_no_more_than_its_row(committee: Client, party: Party) -> None:
    fill(party, party.a.clp, covered=40, overdue=20)
    fill(party, party.b.clp, covered=50, overdue=10)
    rows = {row[0]: row for row in table_of(committee)}
    shown = []
    for name, code in (("Alder CLP", "ALDER1"), ("Birch CLP", "BIRCH1")):
        people, up_to_date, due, overdue = (rows[name][column] for column in (2, 3, 5, 6))
        table = re.findall(r"--numeric\">([^<]+)</td>", page(committee, code))
        assert table == [up_to_date, due, overdue, people]
        shown += table
    assert shown == ["42", "Not shown", "Not shown", "65", "52", "Not shown", "Not shown", "65"]


def test_filters_do_not_tell_what_is_not_shown(committee: Client, party: Party) -> None:
    html = page(committee, "NORTH", show="overdue")
    assert "Alder CLP" not in html, "somebody is overdue there, but how many is not shown"
    for show in ("no-email", "never-signed-in"):
        answer = committee.get(reverse("compliance:unit", args=["NORTH"]), {"show": show})
        assert answer.status_code == 404


def test_records_of_people_are_counted_for_the_whole_party_only(
    committee: Client, party: Party
) -> None:
    assert "must be trained and have never signed in" in text(page(committee, "PARTY"))
    assert "never signed in" not in text(page(committee, "NORTH"))
    Member.objects.filter(pk=party.a.chair.pk).update(email=None)
    assert "Fewer than 5 people hold a role and have no e-mail" in text(page(committee, "PARTY"))


def test_a_committee_of_a_region_sees_no_other(
    party: Party, officer: Callable, client_of: Callable
) -> None:
    south = UnitFactory(parent=party.root, region=True, name="The South", code="SOUTH")
    client = client_of(officer(south, post="figures"))
    assert client.get(reverse("compliance:home")).url == reverse("compliance:unit", args=["SOUTH"])
    for code in ("NORTH", "PARTY", "ALDER1", "ALDER1-1"):
        assert client.get(reverse("compliance:unit", args=[code])).status_code == 404


def test_a_chair_on_the_committee_sees_names_at_home_only(
    committee: Client, party: Party, client_of: Callable, officer: Callable
) -> None:
    kind = Tenure.objects.get(post_kind__code="nec-member").post_kind
    TenureFactory(member=party.a.chair, post_kind=kind, unit=party.root)
    client = client_of(party.a.chair)
    assert "Overdue Alderson" in page(client, "ALDER1")
    assert "Birchson" not in page(client, "BIRCH1")
    assert "Alderson" not in page(client, "NORTH").replace("Chair Aldersonchair", "")


def test_it_ends_with_the_post(committee: Client, party: Party) -> None:
    Tenure.objects.filter(post_kind__code="nec-member").update(ended_on="2026-11-21")
    for url in (reverse("compliance:home"), reverse("compliance:unit", args=["PARTY"])):
        assert committee.get(url).status_code == 404


@pytest.mark.parametrize("extra", [0, 10])
def test_figures_cost_the_same_however_many_places(
    committee: Client, party: Party, extra: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(extra):
        TenureFactory(post_kind=party.kinds["councillor"], unit=UnitFactory(parent=party.region))
    page(committee, "ALDER1")
    # The session and its member (2), the organisation, their posts, the unit and the way up (2),
    # the terms (3), the unit's people, and the unit above with its places, their chairs and their
    # people (4).
    with django_assert_num_queries(14):
        page(committee, "ALDER1")
