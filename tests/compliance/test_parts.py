"""A region's and the party's page: counted by part, named nowhere but at the unit itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from members.models import AuditEvent, Tenure
from tests.compliance.conftest import page
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


def test_region_counts_each_clp_and_names_nobody_below(
    officer: Callable, party: Party, client_of: Callable
) -> None:
    Tenure.objects.filter(member=party.b.chair).delete()
    html = page(client_of(officer(party.region)), "NORTH")
    assert (
        "3 of 9 people are up to date. 2 are overdue, 2 have run out, 2 are still in time." in html
    )
    assert "40% (2 of 5)" in html
    assert "25% (1 of 4)" in html
    assert html.index("Birch CLP") < html.index("Alder CLP"), "the smallest share first"
    assert "None recorded" in html
    assert "Alderson" not in html
    assert not AuditEvent.objects.exists()


def test_nation_counts_regions_and_drills_down(
    officer: Callable, party: Party, client_of: Callable
) -> None:
    client = client_of(officer(party.root, post="national"))
    assert "40% (4 of 10)" in page(client, "PARTY")
    assert "2 of 5 people are up to date" in page(client, party.b.clp.code)
    assert client.get(reverse("compliance:home")).url == reverse("compliance:unit", args=["PARTY"])


def test_who_holds_posts_in_two_clps_is_counted_once_above(
    officer: Callable, party: Party, client_of: Callable
) -> None:
    member = party.a.people["covered"]
    TenureFactory(member=member, post_kind=party.kinds["councillor"], unit=party.b.branch)
    html = page(client_of(officer(party.region)), "NORTH")
    assert "4 of 10 people are up to date." in html
    assert "50% (3 of 6)" in html


def test_parts_can_be_narrowed_and_ordered(
    officer: Callable, party: Party, client_of: Callable
) -> None:
    client = client_of(officer(party.region))
    Tenure.objects.filter(member=party.b.chair).delete()
    assert "Alder CLP" not in page(client, "NORTH", show="no-chair")
    html = page(client, "NORTH", sort="name")
    assert html.index("Alder CLP") < html.index("Birch CLP")


def test_people_with_posts_at_the_region_are_listed_there(
    officer: Callable, party: Party, client_of: Callable
) -> None:
    TenureFactory(
        member=MemberFactory(given_name="Rosa", family_name="Regional"),
        post_kind=party.kinds["councillor"],
        unit=party.region,
    )
    html = page(client_of(officer(party.region)), "NORTH")
    assert "Rosa Regional" in html
    assert len(AuditEvent.objects.get().subject_ids) == 1


@pytest.mark.parametrize("extra", [0, 10])
def test_a_regions_page_costs_the_same_however_many_clps(
    officer: Callable,
    party: Party,
    client_of: Callable,
    extra: int,
    django_assert_num_queries: Callable,
) -> None:
    for clp in [UnitFactory(parent=party.region) for _ in range(extra)]:
        TenureFactory(post_kind=party.kinds["councillor"], unit=clp)
    client = client_of(officer(party.region))
    page(client, "NORTH")
    # Besides what every page asks: the places, their chairs, secretaries, last changes, which of
    # them are CLPs, last month's figures, the line, who has no address (2) or never signed in.
    with django_assert_num_queries(21):
        page(client, "NORTH")
