"""The chair of A asks for B by every address and parameter: 404, and nothing of B in any byte."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from pypdf import PdfReader

from members.models import Mail
from tests.compliance.test_returns import sign
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from tests.compliance.conftest import Party, World

pytestmark = pytest.mark.django_db


OF_UNIT = (
    "compliance:unit",
    "compliance:export",
    "compliance_paper",
    "compliance:returns",
    "compliance:remind_overdue",
)
OF_PERSON = ("compliance:person", "compliance:remind")
QUARTERS = ("2026-4", "2026-3", "2026-2")


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


def urls_of(world: World) -> list[str]:
    """Return every address about a world's units: those of the CLP, then those of the branch."""
    urls = []
    for unit in (world.clp, world.branch):
        urls += [reverse(name, args=[unit.code]) for name in OF_UNIT]
        for member in world.people.values():
            urls += [reverse(name, args=[unit.code, member.pk]) for name in OF_PERSON]
    return urls + urls_of_returns(world)


def urls_of_returns(world: World) -> list[str]:
    return [
        *(reverse("compliance:quarter", args=[world.clp.code, code]) for code in QUARTERS),
        reverse("compliance:return", args=[world.clp.code, "2026-3", 1]),
        reverse("compliance_return_paper", args=[world.clp.code, "2026-3", 1]),
    ]


@pytest.fixture(autouse=True)
def returns_of_both(party: Party) -> None:
    """Each world has a signed return: number 1 for the summer of 2026."""
    for world in (party.a, party.b):
        world.clp.refresh_from_db()
        sign(world.clp, world.chair)


def assert_nothing_of(world: World, response: HttpResponse, asked: str = "") -> None:
    seen = _read(response)
    # What the asker wrote into the address or a field comes back there; nothing else may.
    for echo in (asked, f'value="{asked.partition("=")[2]}"') if asked else ():
        seen = seen.replace(echo.replace("@", "%40"), "").replace(echo, "")
    leaks = [word for word in world.canaries if word in seen]
    assert not leaks


def _read(response: HttpResponse) -> str:
    """Return every byte of an answer as text, a PDF's words and facts too."""
    headers = str(response.headers)
    if response["Content-Type"] != "application/pdf":
        return response.content.decode() + headers
    file = PdfReader(BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text().split()) for page in file.pages)
    return words + str(file.metadata) + headers


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
        for unit, name in product((party.a.clp, party.a.branch), OF_PERSON):
            url = reverse(name, args=[unit.code, member.pk])
            for ask in (chair.get, chair.post):
                response = ask(url, {"reason": "meeting"})
                assert response.status_code == 404
                assert_nothing_of(party.b, response)


def test_numbers_of_returns_that_are_not_theirs(chair: Client, party: Party) -> None:
    for code, number in product(("2026-2", "2026-3", "2026-4", "NORTH", "0"), (0, 2, 999)):
        for name in ("compliance:return", "compliance_return_paper"):
            url = reverse(name, args=[party.a.clp.code, code, number])
            assert chair.get(url).status_code == 404


NAMES = (
    "role",
    "status",
    "branch",
    "unit",
    "code",
    "member",
    "path",
    "page",
    "q",
    "on",
    "known",
    "quarter",
    "show",
    "number",
    "stamp",
    "check",
)


def test_b_in_every_parameter(chair: Client, party: Party) -> None:
    b = party.b
    values = [b.clp.code, b.branch.code, b.clp.path, b.chair.pk, b.chair.email, "%"]
    asked = [
        reverse("compliance:unit", args=[party.a.clp.code]),
        reverse("compliance:export", args=[party.a.branch.code]),
        reverse("compliance_paper", args=[party.a.clp.code]),
        reverse("compliance:person", args=[party.a.clp.code, party.a.chair.pk]),
        reverse("compliance:returns", args=[party.a.clp.code]),
        reverse("compliance:quarter", args=[party.a.clp.code, "2026-3"]),
        reverse("compliance:return", args=[party.a.clp.code, "2026-3", 1]),
        reverse("compliance:remind_overdue", args=[party.a.clp.code]),
    ]
    for url, name, value in product(asked, NAMES, values):
        response = chair.get(url, {name: value})
        assert_nothing_of(b, response, asked=f"{name}={value}")
        if name in ("on", "known") and "remind" not in url:
            assert response.status_code == 400
        if name in ("role", "status", "branch") and url in asked[:2]:
            assert response.status_code == 404


def test_b_in_every_field(chair: Client, party: Party) -> None:
    b, code = party.b, party.a.clp.code
    forms = [
        (reverse("compliance:export", args=[code]), {"reason": b.clp.code, "people": b.chair.pk}),
        (reverse("compliance:export", args=[code]), {"reason": "meeting", "unit": b.clp.code}),
        (reverse("compliance_paper", args=[code]), {"reason": "meeting", "unit": b.clp.pk}),
        (
            reverse("compliance:quarter", args=[code, "2026-3"]),
            {"agreed": "on", "number": b.clp.pk, "stamp": b.clp.code, "unit": b.clp.pk},
        ),
        (reverse("compliance:remind_overdue", args=[code]), {"member": b.chair.pk}),
    ]
    for url, fields in forms:
        assert_nothing_of(b, chair.post(url, fields, follow=True))
    assert not Mail.objects.filter(member__in=b.people.values()).exists()


def test_own_pages_hold_nothing_of_b(chair: Client, party: Party) -> None:
    shared = party.a.people["covered"]
    TenureFactory(member=shared, post_kind=party.kinds["chair"], unit=party.b.clp)
    for url, days in product(urls_of(party.a), ("", "?on=2026-05-01")):
        assert_nothing_of(party.b, chair.get(url + days))
    for name in ("compliance:export", "compliance_paper"):
        response = chair.post(reverse(name, args=[party.a.clp.code]), {"reason": "meeting"})
        assert response.status_code == 200
        assert_nothing_of(party.b, response)


def test_pages_hold_no_address_and_no_number(chair: Client, party: Party) -> None:
    export = reverse("compliance:export", args=[party.a.clp.code])
    pages = [chair.get(url) for url in urls_of(party.a)]
    for response in [*pages, chair.post(export, {"reason": "meeting"})]:
        body = _read(response)
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
