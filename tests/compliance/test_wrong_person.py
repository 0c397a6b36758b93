"""The chair of A asks for B by every address and parameter: 404, and nothing of B in any byte."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from tests.compliance.conftest import Party, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


def urls_of(world: World) -> list[str]:
    urls = []
    for unit in (world.clp, world.branch):
        urls += [
            reverse("compliance:unit", args=[unit.code]),
            reverse("compliance:export", args=[unit.code]),
            *(
                reverse("compliance:person", args=[unit.code, member.pk])
                for member in world.people.values()
            ),
        ]
    return urls


def assert_nothing_of(world: World, response: HttpResponse, said: str = "") -> None:
    seen = response.content.decode() + str(response.headers)
    # What the asker wrote into the address comes back in it; nothing else may.
    leaks = [word for word in world.canaries if word in seen.replace(said, "")]
    assert not leaks


def said(response: HttpResponse) -> bytes:
    """What a page says, apart from the form token that is new in each."""
    return re.sub(rb'value="\w{64}"', b"", response.content)


@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_addresses_of_another_clp(chair: Client, party: Party, method: str) -> None:
    unknown = getattr(chair, method)(reverse("compliance:unit", args=["NOWHERE"]))
    for url in urls_of(party.b):
        response = getattr(chair, method)(url, {"reason": "meeting"})
        assert response.status_code == 404
        assert_nothing_of(party.b, response)
        assert said(response) == said(unknown)


def test_units_above_are_not_theirs(chair: Client, party: Party) -> None:
    for code in ("NORTH", "PARTY"):
        assert chair.get(reverse("compliance:unit", args=[code])).status_code == 404


def test_people_of_b_under_an_address_of_a(chair: Client, party: Party) -> None:
    for member in [*party.b.people.values(), MemberFactory()]:
        for unit in (party.a.clp, party.a.branch):
            url = reverse("compliance:person", args=[unit.code, member.pk])
            response = chair.get(url)
            assert response.status_code == 404
            assert_nothing_of(party.b, response)


def test_b_in_every_parameter(chair: Client, party: Party) -> None:
    b = party.b
    values = [b.clp.code, b.branch.code, b.clp.pk, b.clp.path, b.chair.pk, b.chair.email, "%", "*"]
    names = ["role", "status", "branch", "unit", "code", "member", "path", "page", "q", "on"]
    addresses = urls_of(party.a)
    for url, name, value in product(addresses[:2] + addresses[2:4], names, values):
        response = chair.get(url, {name: value})
        assert_nothing_of(b, response, said=f"{name}={value}".replace("@", "%40"))
        if name in ("role", "status", "branch") and "people" not in url:
            assert response.status_code == 404


def test_own_pages_hold_nothing_of_b(chair: Client, party: Party) -> None:
    shared = party.a.people["covered"]
    TenureFactory(member=shared, post_kind=party.kinds["chair"], unit=party.b.clp)
    for url in urls_of(party.a):
        assert_nothing_of(party.b, chair.get(url))
    export = reverse("compliance:export", args=[party.a.clp.code])
    assert_nothing_of(party.b, chair.post(export, {"reason": "meeting"}))


def test_pages_hold_no_address_and_no_number(chair: Client, party: Party) -> None:
    export = reverse("compliance:export", args=[party.a.clp.code])
    pages = [chair.get(url) for url in urls_of(party.a)]
    for response in [*pages, chair.post(export, {"reason": "meeting"})]:
        body = response.content.decode()
        others = [m for m in party.a.people.values() if m != party.a.chair]
        assert not [m.email for m in others if m.email in body]
        assert not [m.membership_number for m in others if m.membership_number in body]


def test_a_post_elsewhere_changes_nothing_here(chair: Client, party: Party) -> None:
    """Somebody long overdue in B and new in A is, for A, somebody new."""
    member = party.b.people["overdue"]
    TenureFactory(
        member=member,
        post_kind=party.kinds["councillor"],
        unit=party.a.branch,
        started_on="2026-11-20",
    )
    html = chair.get(reverse("compliance:person", args=[party.a.clp.code, member.pk]))
    assert "Due by 20 December 2026" in html.content.decode()
    assert "Birch" not in html.content.decode().replace(member.family_name, "")


def test_ordinary_members_and_strangers_get_nothing(party: Party, client_of: Callable) -> None:
    ordinary = client_of(MemberFactory())
    from django.test import Client

    for url in [reverse("compliance:home"), *urls_of(party.a)]:
        assert ordinary.get(url).status_code == 404
        assert Client().get(url).url.startswith("/accounts/login/")
