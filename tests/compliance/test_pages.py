"""What chairs and officers read, and what they cannot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from compliance.reports import showing
from members.models import AuditEvent, Tenure
from tests.compliance.conftest import page
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from time_machine import Traveller

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

ON_POSTGRESQL = int(connection.vendor == "postgresql")  # the audit trail takes a lock there


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


def test_chair_reads_one_sentence_about_people(chair: Client, party: Party) -> None:
    html = page(chair, party.a.clp.code)
    assert (
        "2 of 5 people are up to date. 1 is overdue, 1 has run out, 1 is due by 10 December 2026."
        in html
    )
    assert "Your own training:" in html
    assert "As at 9:30am on Saturday 21 November 2026." in html


def test_most_urgent_first(chair: Client, party: Party) -> None:
    html = page(chair, party.a.clp.code)
    table = html[html.index("People, most urgent first") :]
    order = ["Overdue Alderson", "Ended Alderson", "Due Alderson", "Covered Alderson"]
    places = [table.index(name) for name in order]
    assert places == sorted(places)
    assert "Overdue since 1 February 2025" in table
    assert "Ended on 1 June 2026" in table


def test_home_leads_to_the_one_unit(chair: Client, party: Party) -> None:
    response = chair.get(reverse("compliance:home"))
    assert response.url == reverse("compliance:unit", args=[party.a.clp.code])


def test_home_lists_several_units(chair: Client, party: Party) -> None:
    TenureFactory(member=party.a.chair, post_kind=party.kinds["chair"], unit=party.b.clp)
    html = chair.get(reverse("compliance:home")).content.decode()
    assert "Alder CLP" in html
    assert "Birch CLP" in html


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"status": "overdue"}, ["Overdue", "Ended"], ["Due", "Covered", "Chair"]),
        ({"status": "due"}, ["Due"], ["Overdue", "Covered"]),
        ({"role": "clp-chair"}, ["Chair"], ["Covered", "Overdue"]),
        ({"branch": "ALDER1-1", "status": "up-to-date"}, ["Covered"], ["Chair", "Due"]),
    ],
)
def test_filters_narrow_the_table_and_not_the_sentence(
    chair: Client, party: Party, query: dict, shown: list, hidden: list
) -> None:
    html = page(chair, party.a.clp.code, **query)
    table = html[html.index("People, most urgent first") :]
    assert all(f"{role} Alderson" in table for role in shown)
    assert not any(f"{role} Alderson" in table for role in hidden)
    assert "2 of 5 people are up to date." in html


def test_a_filter_nobody_fits_says_so(chair: Client, party: Party) -> None:
    assert "Nobody fits what you chose." in page(
        chair, party.a.clp.code, role="clp-chair", status="overdue"
    )


def test_no_one_obliged(officer: Callable, party: Party, client_of: Callable) -> None:
    empty = UnitFactory(parent=party.region, name="Quiet CLP")
    html = page(client_of(officer(party.region)), empty.code)
    assert "No one in Quiet CLP holds a role that needs training." in html
    assert "Export this list" not in html
    assert "People, most urgent first" not in html


def test_vacant_and_ending_posts(chair: Client, party: Party) -> None:
    Tenure.objects.filter(member=party.a.people["due"]).update(ended_on=dt.date(2026, 12, 1))
    html = page(chair, party.a.clp.code)
    assert "CLP secretary: nobody is recorded" in html
    assert "CLP chair: nobody is recorded" not in html
    assert "Due Aldersondue, Councillor: until 30 November 2026" in html


def test_a_councillor_just_trained_is_found_covered(chair: Client, party: Party) -> None:
    member = party.a.people["overdue"]
    done = party.a.chair.completions.get()
    CompletionFactory(member=member, course=done.course, completed_on=dt.date(2026, 11, 21))
    html = page(chair, party.a.clp.code, status="up-to-date")
    assert "Overdue Alderson" in html
    assert "until 21 November 2028" in html
    assert "3 of 5 people are up to date." in html


def test_under_18s_show_an_initial_only(chair: Client, party: Party) -> None:
    member = party.a.people["covered"]
    member.is_under_18 = True
    member.save()
    for html in (page(chair, party.a.clp.code), person_page(chair, party, member.pk)):
        assert "Covered A." in html
        assert member.family_name not in html


def person_page(client: Client, party: Party, pk: int) -> str:
    response = client.get(reverse("compliance:person", args=[party.a.clp.code, pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_person_as_a_chair_may_see_them(chair: Client, party: Party) -> None:
    member = party.a.people["covered"]
    TenureFactory(member=member, post_kind=party.kinds["councillor"], unit=party.b.branch)
    html = person_page(chair, party, member.pk)
    assert "Last completed" in html
    assert "1 February 2026" in html
    assert "By the course" in html
    for secret in (member.email, member.membership_number, "Birch"):
        assert secret not in html


def test_how_it_was_met_and_no_more(chair: Client, party: Party) -> None:
    member = party.a.people["overdue"]
    CompletionFactory(member=member, course=party.a.chair.completions.get().course, elsewhere=True)
    assert "By training elsewhere" in person_page(chair, party, member.pk)


def test_who_stands_in_for_a_chair(chair: Client, party: Party) -> None:
    assert "Until there is a chair" not in page(chair, party.a.clp.code)
    secretary = TenureFactory(post_kind=party.kinds["secretary"], unit=party.a.clp)
    Tenure.objects.filter(member=party.a.chair).delete()
    client = Client()
    client.force_login(secretary.member)
    html = page(client, party.a.clp.code)
    assert "Until there is a chair, the secretary looks after this page." in html


def test_each_page_with_names_is_recorded_about_those_people(chair: Client, party: Party) -> None:
    page(chair, party.a.clp.code, status="due")
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.unit) == (
        "compliance.viewed",
        party.a.chair,
        party.a.clp,
    )
    assert event.subject_ids == [party.a.people["due"].pk]
    person_page(chair, party, party.a.people["ended"].pk)
    assert AuditEvent.objects.first().subject_ids == [party.a.people["ended"].pk]


def test_no_page_when_it_cannot_be_recorded(
    chair: Client, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise OSError

    monkeypatch.setattr(showing.audit, "record", broken)
    chair.raise_request_exception = False
    response = chair.get(reverse("compliance:unit", args=[party.a.clp.code]))
    assert response.status_code == 500
    assert b"Alderson" not in response.content


def test_an_ended_post_loses_the_view_the_same_day(
    chair: Client, party: Party, november: Traveller
) -> None:
    Tenure.objects.filter(member=party.a.chair).update(ended_on=dt.date(2026, 11, 22))
    urls = [
        reverse("compliance:home"),
        reverse("compliance:unit", args=[party.a.clp.code]),
        reverse("compliance:export", args=[party.a.clp.code]),
        reverse("compliance:person", args=[party.a.clp.code, party.a.people["due"].pk]),
    ]
    november.move_to(dt.datetime(2026, 11, 21, 23, 59, 59, tzinfo=dt.UTC))
    assert [chair.get(url).status_code for url in urls] == [302, 200, 200, 200]
    november.move_to(dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    assert [chair.get(url).status_code for url in urls] == [404] * 4
    assert chair.post(urls[2], {"reason": "meeting"}).status_code == 404


@pytest.mark.parametrize("extra", [0, 30])
def test_a_clps_page_costs_the_same_however_many_people(
    chair: Client, party: Party, extra: int, django_assert_num_queries: Callable
) -> None:
    TenureFactory.create_batch(extra, post_kind=party.kinds["councillor"], unit=party.a.branch)
    TenureFactory.create_batch(extra, post_kind=party.kinds["councillor"], unit=party.b.branch)
    page(chair, party.a.clp.code)
    with django_assert_num_queries(18 + ON_POSTGRESQL):
        page(chair, party.a.clp.code)
