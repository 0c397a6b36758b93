"""Posts that people hold, and the audit trail, in the administration."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from members import audit
from members.models import AuditEvent, Member, Tenure
from tests.members.factories import (
    MemberFactory,
    PostKindFactory,
    TenureFactory,
    UnitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

PEOPLE, POSTS, ACCOUNTS = "/cms/people/", "/cms/posts-held/", "/cms/users/"
TRAIL = "/cms/reports/audit-trail/"


def acts() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


# --- Posts held -----------------------------------------------------------------------------------
def post_fields(tenure: Tenure, **changed: object) -> dict[str, object]:
    fields = {
        "member": tenure.member_id,
        "post_kind": tenure.post_kind_id,
        "unit": tenure.unit_id,
        "started_on": tenure.started_on.isoformat(),
        "ended_on": tenure.ended_on.isoformat() if tenure.ended_on else "",
    }
    return fields | changed


@pytest.mark.usefixtures("administrator")
def test_posts__giving_one_is_written_down_and_shown_with_the_person(client: Client) -> None:
    jo, clp, kind = MemberFactory(), UnitFactory(name="Batley"), PostKindFactory(chair=True)
    response = client.post(
        f"{POSTS}new/",
        {
            "member": jo.pk,
            "post_kind": kind.pk,
            "unit": clp.pk,
            "started_on": "2026-10-01",
            "ended_on": "",
        },
    )
    assert response.status_code == 302
    event = AuditEvent.objects.get()
    assert (event.action, event.unit, event.detail["post"]) == ("post given", clp, "CLP chair")
    page = client.get(f"{PEOPLE}edit/{jo.pk}/").content.decode()
    assert "CLP chair, Batley" in page
    assert "since 1 October 2026" in page


@pytest.mark.usefixtures("administrator")
def test_posts__the_form_offers_the_person_it_was_opened_for(client: Client) -> None:
    jo = MemberFactory(given_name="Jo", family_name="Smith")
    page = client.get(f"{POSTS}new/?member={jo.pk}").content.decode()
    assert "Jo Smith" in page
    assert client.get(f"{POSTS}new/?member=x").status_code == 200


@pytest.mark.usefixtures("administrator")
def test_posts__ending_one_ends_what_it_let_see(client: Client) -> None:
    tenure = TenureFactory(chair=True)
    assert tenure.member.oversees
    client.post(f"{POSTS}edit/{tenure.pk}/", post_fields(tenure, ended_on="2026-01-01"))
    assert not Member.objects.get(pk=tenure.member_id).oversees
    assert acts() == ["post changed"]


@pytest.mark.usefixtures("administrator")
def test_posts__an_end_before_the_beginning_is_refused_in_words(client: Client) -> None:
    tenure = TenureFactory(chair=True)
    response = client.post(f"{POSTS}edit/{tenure.pk}/", post_fields(tenure, ended_on="2024-12-31"))
    assert "must end after the day it began" in response.content.decode()


@pytest.mark.parametrize(
    ("started_on", "ended_on", "fits"),
    [
        (dt.date(2025, 6, 1), None, True),  # begins the day the other ended
        (dt.date(2024, 6, 1), dt.date(2025, 1, 1), True),
        (dt.date(2025, 5, 31), None, False),
        (dt.date(2024, 6, 1), dt.date(2025, 1, 2), False),
        (dt.date(2024, 6, 1), None, False),
        (dt.date(2025, 2, 1), dt.date(2025, 3, 1), False),
    ],
)
def test_posts__the_same_post_is_not_held_twice_on_a_day(
    started_on: dt.date, ended_on: dt.date | None, fits: bool
) -> None:
    held = TenureFactory(chair=True, ended=True)
    tenure = TenureFactory.build(
        member=held.member,
        post_kind=held.post_kind,
        unit=held.unit,
        started_on=started_on,
        ended_on=ended_on,
    )
    if fits:
        tenure.full_clean()
        return
    with pytest.raises(ValidationError, match="from 1 January 2025 to 1 June 2025"):
        tenure.full_clean()


# --- The trail ------------------------------------------------------------------------------------
def test_trail__is_read_by_action_and_by_person(client: Client, administrator: Member) -> None:
    jo = MemberFactory(given_name="Jo", family_name="Smith")
    audit.record("person opened", by=administrator, about=[jo])
    audit.record("list printed", by=None, fields=["one", "two"])
    page = client.get(TRAIL).content.decode()
    assert "person opened" in page
    assert "fields: one, two" in page
    assert "list printed" not in _rows(client, "?action=opened")
    assert "list printed" not in _rows(client, "?whom=jo+smith")
    assert "person opened" not in _rows(client, "?who=nobody")
    assert "person opened" in _rows(client, "?who=ada")


@pytest.mark.usefixtures("administrator")
def test_trail__a_long_one_costs_no_more_queries(
    client: Client,
    administrator: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for jo in MemberFactory.create_batch(30):
        audit.record("person opened", by=administrator, about=[jo])
    client.get(TRAIL)
    with django_assert_max_num_queries(25):
        client.get(TRAIL)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_trail__is_read_here_and_leaves_in_no_file(client: Client, format: str) -> None:  # noqa: A002
    audit.record("looked", by=None, about=[MemberFactory(family_name="Canary")])
    assert "Canary" in client.get(TRAIL).content.decode()
    assert "export=" not in client.get(TRAIL).content.decode()
    asked_for = client.get(TRAIL, {"export": format})
    assert "attachment" not in asked_for.get("Content-Disposition", "")


def _rows(client: Client, query: str) -> str:
    return client.get(f"{TRAIL}results/{query}").content.decode()
