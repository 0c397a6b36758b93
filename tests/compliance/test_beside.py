"""What stands beside the rate: who is exempt, and each requirement with its own people."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.models import Decision
from tests.compliance.conftest import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from members.models import Member
    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


def test_who_is_exempt_meets_it_by_other_means_for_whatever_reason(
    chair: Client, party: Party
) -> None:
    member = party.a.people["overdue"]
    exempt(member, reason=Decision.Reason.ILLNESS, reference="File 7")
    html = page(chair, party.a.clp.code)
    assert "2 of 4 people are up to date. 1 has run out" in html
    assert "1 person meets it by other means." in html
    url = reverse("compliance:person", args=[party.a.clp.code, member.pk])
    theirs = chair.get(url).content.decode()
    assert "Met by other means" in theirs
    for page_of in (html, theirs, page(chair, party.a.clp.code, status="exempt")):
        assert not [word for word in ("llness", "File 7") if word in page_of]


def exempt(member: Member, **facts: object) -> Decision:
    return Decision.objects.create(
        kind=Decision.Kind.EXEMPTION,
        member=member,
        from_on=dt.date(2026, 1, 1),
        recorded_at=timezone.now(),
        recorded_by=member,
        **facts,
    )


def test_people_by_requirement(chair: Client, party: Party) -> None:
    html = page(chair, party.a.clp.code)
    table = html[html.index("People by requirement") : html.index("not pieces of training")]
    numbers = re.findall(r'data-label="([^"]+)">([^<]+)<', table)
    assert numbers == [
        ("Requirement", "Safeguarding"),
        ("People", "5"),
        ("Up to date", "2"),
        ("Still in time", "1"),
        ("Overdue or ended", "2"),
        ("Met by other means", "0"),
    ]
