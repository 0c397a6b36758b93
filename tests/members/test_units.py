"""Loading the units and post kinds that come with the product."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from members.models import PostKind, Unit

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_units", stdout=out)
    return out.getvalue()


def test_load_units__plants_the_whole_tree(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(180):
        load()
    party = Unit.objects.get(code="PARTY")
    assert party.get_children_count() == 11
    assert Unit.objects.filter(kind=Unit.Kind.CLP).count() == 632
    assert not any(Unit.find_problems())
    by_nation = {
        nation: Unit.objects.filter(kind=Unit.Kind.CLP, nation=nation).count()
        for nation in Unit.Nation.values
    }
    assert by_nation == {"england": 543, "scotland": 57, "wales": 32}


def test_load_units__puts_a_clp_with_a_welsh_name_under_wales() -> None:
    load()
    clp = Unit.objects.get(code="W07000112")
    assert clp.get_parent().name == "Wales"
    assert Unit.objects.filter(name="Ynys Môn", kind=Unit.Kind.CLP).exists()


def test_load_units__leaves_northern_ireland_out() -> None:
    load()
    assert not Unit.objects.filter(code__startswith="N0").exists()


def test_load_units__again_keeps_branches_and_changes_nothing() -> None:
    load()
    clp = Unit.objects.get(name="Wakefield and Rothwell")
    clp.add_child(name="Wakefield West", code=f"{clp.code}-1", kind=Unit.Kind.BRANCH)
    before = list(Unit.objects.values("code", "path", "numchild"))
    assert "(0 new), 0 new" in load()
    assert list(Unit.objects.values("code", "path", "numchild")) == before


def test_load_units__replants_a_clp_that_was_lost_after_its_last_neighbour() -> None:
    load()
    Unit.objects.get(name="Amber Valley").delete()
    assert "(1 new)" in load()
    assert not any(Unit.find_problems())


def test_load_units__corrects_a_name_but_not_the_partys_own() -> None:
    load()
    Unit.objects.filter(code="PARTY").update(name="The Co-operative League")
    Unit.objects.filter(code="E14001066").update(name="Amber Vally")
    load()
    assert Unit.objects.get(code="PARTY").name == "The Co-operative League"
    assert Unit.objects.get(code="E14001066").name == "Amber Valley"


def test_post_kinds__only_these_oversee_and_an_edited_one_stays() -> None:
    load()
    overseeing = PostKind.objects.filter(oversight=PostKind.Oversight.UNIT_AND_BELOW)
    assert set(overseeing.values_list("code", flat=True)) == {
        "clp-chair",
        "clp-secretary",
        "regional-officer",
        "national-officer",
    }
    PostKind.objects.filter(code="mp").update(name="Member of Parliament")
    load()
    assert PostKind.objects.get(code="mp").name == "Member of Parliament"
