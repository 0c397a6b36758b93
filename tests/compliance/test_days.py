"""Reports as at a day and as known on a day: which days may be asked, and what carries them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from courses.models import Completion
from members.append_only import erasure_window
from members.models import AuditEvent, Tenure
from tests.compliance.conftest import page
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from time_machine import Traveller

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

MAY = {"on": "2026-05-01"}
KNOWN = {"on": "2026-05-01", "known": "2026-05-03"}


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


@pytest.fixture
def recorded(party: Party) -> None:
    """Everything was put on record in 2025, but for the chair's training: on 2 June 2026."""
    early = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
    with erasure_window():
        Tenure.objects.update(recorded_at=early)
        Completion.objects.update(recorded_at=early)
        Completion.objects.filter(member=party.a.chair).update(
            completed_on=dt.date(2026, 4, 1), recorded_at=dt.datetime(2026, 6, 2, tzinfo=dt.UTC)
        )


def test_a_day_in_the_past(chair: Client, party: Party) -> None:
    html = page(chair, party.a.clp.code, **MAY)
    assert "As at 1 May 2026, as known on 21 November 2026" in html
    assert "2 of 4 people are up to date. 2 are overdue." in html
    assert "Due Alderson" not in html, "in post since November only"
    assert "Your own training" not in html
    assert "Send reminder" not in html


def test_what_was_recorded_later_was_not_known(chair: Client, party: Party, recorded: None) -> None:
    assert "3 of 4 people are up to date." in page(chair, party.a.clp.code, **MAY)
    html = page(chair, party.a.clp.code, **KNOWN)
    assert "As at 1 May 2026, as known on 3 May 2026" in html
    assert "2 of 4 people are up to date." in html
    url = reverse("compliance:person", args=[party.a.clp.code, party.a.chair.pk])
    assert "1 April 2026" in chair.get(url, MAY).content.decode()
    assert "1 April 2026" not in chair.get(url, KNOWN).content.decode()


def test_today_has_the_plain_address(chair: Client, party: Party) -> None:
    for query in ({}, {"on": ""}, {"on": "2026-11-21"}, {"on": "21 11 2026"}):
        html = page(chair, party.a.clp.code, **query)
        assert "As at 9:30am on Saturday 21 November 2026." in html
        assert not re.findall(r'href="[^"]*[?;&]on=', html.replace(f"?on={query.get('on')}", ""))
    assert "2026, as known on" not in page(chair, party.a.clp.code, known="2026-11-21")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"on": "2026-11-22"}, "This day has not come yet."),
        ({"on": "2026-05-01", "known": "2026-11-22"}, "This day has not come yet."),
        ({"on": "2026-05-01", "known": "2026-04-30"}, "Nobody knew that day before it came."),
        ({"known": "2026-11-20"}, "Nobody knew that day before it came."),
        ({"on": "0001-01-01"}, "This is before the year 2000."),
        ({"on": "9999-12-31"}, "This day has not come yet."),
        ({"on": "2026-02-30"}, "Give a day, such as 1 5 2026."),
        ({"on": "yesterday"}, "Give a day, such as 1 5 2026."),
        ({"on": "\0"}, "Give a day, such as 1 5 2026."),
        ({"on": "' OR 1=1 --"}, "Give a day, such as 1 5 2026."),
    ],
)
@pytest.mark.parametrize("name", ["unit", "export", "person", "compliance_paper", "returns"])
def test_other_days_are_refused_in_words(
    chair: Client, party: Party, name: str, query: dict, words: str
) -> None:
    args = [party.a.clp.code, *([party.a.chair.pk] if name == "person" else [])]
    url = reverse(name if "_" in name else f"compliance:{name}", args=args)
    for ask in (chair.get, chair.post):
        answer = ask(f"{url}?{'&'.join(f'{key}={value}' for key, value in query.items())}")
        assert answer.status_code == 400
        html = answer.content.decode()
        assert words in html
        assert "Alderson" not in html.replace("Chair Aldersonchair", "")
    assert not AuditEvent.objects.exists()


def test_every_way_on_and_back_keeps_the_days(
    chair: Client, party: Party, officer: Callable, client_of: Callable
) -> None:
    TenureFactory.create_batch(51, post_kind=party.kinds["councillor"], unit=party.a.branch)
    days = "on=2026-05-01&amp;known=2026-05-03"
    with erasure_window():
        Tenure.objects.update(recorded_at=dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    html = page(chair, party.a.clp.code, **KNOWN)
    member = party.a.people["covered"].pk
    assert f"/people/{member}/?{days}" in html
    assert f"/export.csv?{days}" in html
    assert f"/paper.pdf?{days}" in html
    assert f"{days}&amp;page=2" in html
    assert '<input type="hidden" name="on" value="2026-05-01">' in html
    assert '<input type="hidden" name="known" value="2026-05-03">' in html
    theirs = chair.get(reverse("compliance:person", args=[party.a.clp.code, member]), KNOWN)
    assert f"/compliance/{party.a.clp.code}/?{days}" in theirs.content.decode()
    region = page(client_of(officer(party.region)), "NORTH", **KNOWN)
    assert f"/compliance/{party.b.clp.code}/?{days}" in region
    assert "As at 1 May 2026, as known on 3 May 2026" in region


def test_a_filtered_past_day(chair: Client, party: Party) -> None:
    html = page(chair, party.a.clp.code, **MAY, status="overdue")
    assert "Showing 2 of 4 people" in html
    table = html[html.index("People, most urgent first") :]
    assert "Covered Alderson" not in table


def test_rights_are_todays_for_past_days_too(
    chair: Client, party: Party, client_of: Callable, november: Traveller
) -> None:
    """Who held the post then and no longer does sees nothing; who holds it now sees all."""
    Tenure.objects.filter(member=party.a.chair).update(ended_on=dt.date(2026, 11, 22))
    urls = [
        reverse("compliance:unit", args=[party.a.clp.code]),
        reverse("compliance:export", args=[party.a.clp.code]),
        reverse("compliance_paper", args=[party.a.clp.code]),
        reverse("compliance:returns", args=[party.a.clp.code]),
        reverse("compliance:person", args=[party.a.clp.code, party.a.people["covered"].pk]),
    ]
    assert {chair.get(url, MAY).status_code for url in urls} == {200}
    november.move_to(dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    assert {chair.get(url, MAY).status_code for url in urls} == {404}
    new = TenureFactory(
        post_kind=party.kinds["chair"], unit=party.a.clp, started_on=dt.date(2026, 11, 22)
    ).member
    assert {client_of(new).get(url, MAY).status_code for url in urls} == {200}


def test_the_file_and_its_record_carry_both_days(chair: Client, party: Party) -> None:
    Tenure.objects.update(recorded_at=dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    url = reverse("compliance:export", args=[party.a.clp.code])
    answer = chair.post(f"{url}?on=2026-05-01&known=2026-05-03", {"reason": "records"})
    assert "As at 1 May 2026, as known on 3 May 2026." in answer.content.decode()
    detail = AuditEvent.objects.get().detail
    assert (detail["on"], detail["known"]) == ("2026-05-01", "2026-05-03")
    chair.post(url, {"reason": "records"})
    assert AuditEvent.objects.first().detail["on"] == "2026-11-21"


def test_vacant_on_a_past_day(chair: Client, party: Party) -> None:
    TenureFactory(
        post_kind=party.kinds["secretary"], unit=party.a.clp, started_on=dt.date(2026, 6, 1)
    )
    assert "CLP secretary: nobody is recorded" in page(chair, party.a.clp.code, **MAY)
    assert "CLP secretary: nobody is recorded" not in page(chair, party.a.clp.code)


def test_a_past_day_costs_no_more_than_today(
    chair: Client, party: Party, django_assert_max_num_queries: Callable
) -> None:
    CompletionFactory.create_batch(3)
    page(chair, party.a.clp.code)
    with django_assert_max_num_queries(20):
        page(chair, party.a.clp.code, **KNOWN)
