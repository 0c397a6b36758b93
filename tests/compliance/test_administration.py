"""The list of requirements, and archiving: it too is seen before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.models import Requirement
from members.models import AuditEvent
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client_of: Callable, november: object) -> Client:
    return client_of(MemberFactory(administrator=True))


def url(name: str, *args: int) -> str:
    return reverse(f"requirements:{name}", args=args)


def test_the_list_counts_people(administrator: Client, party: Party) -> None:
    html = administrator.get(url("index")).content.decode()
    row = html[html.index("Safeguarding") :]
    assert [number in row for number in ("10", "4")] == [True, True]


def test_the_list_costs_the_same_however_many(
    administrator: Client, party: Party, django_assert_max_num_queries: Callable
) -> None:
    administrator.get(url("index"))
    for _ in range(5):
        RequirementFactory()
    with django_assert_max_num_queries(25):
        administrator.get(url("index"))


def test_archive_instead_of_delete(administrator: Client, party: Party) -> None:
    saved = Requirement.objects.get()
    html = administrator.get(url("delete", saved.pk)).content.decode()
    assert "Archive it" in html
    assert "<strong>10 relieved:</strong>" in html
    administrator.post(url("delete", saved.pk))  # without the button nothing happens
    assert not Requirement.objects.get().is_archived
    administrator.post(url("delete", saved.pk), {"save": "1"})
    saved.refresh_from_db()
    assert saved.is_archived
    assert AuditEvent.objects.get().action == "requirement.archived"
    administrator.get(url("index"))  # says once that it is archived
    assert "Safeguarding" not in administrator.get(url("index")).content.decode()
    assert administrator.get(url("edit", saved.pk)).status_code == 404


def test_archiving_for_many_asks_for_their_number(administrator: Client, party: Party) -> None:
    for _ in range(10):
        TenureFactory(post_kind=party.kinds["councillor"], unit=party.a.clp)
    address = url("delete", Requirement.objects.get().pk)
    assert "This touches 20 people." in administrator.get(address).content.decode()
    html = administrator.post(address, {"save": "1", "number": "10"}).content.decode()
    assert "This is not the number. Nothing is saved yet. To go on, type 20." in html
    assert not Requirement.objects.get().is_archived
    administrator.post(address, {"save": "1", "number": " 20 "})
    assert Requirement.objects.get().is_archived


def test_a_chair_has_no_administration(client_of: Callable, party: Party) -> None:
    chair = client_of(party.a.chair)
    for name, args in (("index", ()), ("add", ()), ("edit", (1,)), ("delete", (1,))):
        assert chair.get(url(name, *args)).status_code == 404
        assert chair.post(url(name, *args), {"save": "1"}).status_code == 404
    assert not Requirement.objects.get().is_archived
