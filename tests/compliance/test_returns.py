"""Quarterly returns: who signs what when, that it stays, and that it can be checked."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from compliance.duty.people import AsAt
from compliance.models import SignedReturn
from compliance.reports import returns
from compliance.reports.figures import Figures, figures_of
from compliance.reports.quarters import Quarter
from members.append_only import erasure_window
from members.models import AuditEvent, Tenure
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from time_machine import Traveller

    from members.models import Member, Unit
    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

SUMMER = Quarter(2026, 3)


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


@pytest.fixture
def signed(party: Party) -> SignedReturn:
    return sign(party.a.clp, party.a.chair)


def sign(unit: Unit, by: Member, quarter: Quarter = SUMMER) -> SignedReturn:
    unit.refresh_from_db()  # it has branches since it was made
    figures = Figures(figures_of(unit, AsAt(quarter.last)))
    seen = returns.seen(unit, quarter, figures)
    return returns.sign_return(unit=unit, quarter=quarter, what=seen, by=by)


def address(party: Party, quarter: Quarter = SUMMER, number: int | None = None) -> str:
    numbered = [number] if number else []
    name = "compliance:return" if number else "compliance:quarter"
    return reverse(name, args=[party.a.clp.code, quarter.code, *numbered])


def hidden_fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(number|stamp)" value="(\w+)">', html))


def test_a_chair_signs_what_the_page_shows(chair: Client, party: Party) -> None:
    html = chair.get(address(party)).content.decode()
    assert "Figures as at 30 September 2026" in html
    assert "2 of 4 people are up to date. 1 is overdue, 1 has run out." in html
    answer = chair.post(address(party), hidden_fields(html))
    assert "Tick the box" in answer.content.decode()
    assert not SignedReturn.objects.exists()
    answer = chair.post(address(party), {**hidden_fields(html), "agreed": "on"}, follow=True)
    page = answer.content.decode()
    assert "2 of 4 people are up to date. 1 is overdue, 1 has run out." in page
    assert "Signed by Chair Aldersonchair, CLP chair, Alder CLP, at 9:30am" in page
    made = SignedReturn.objects.get()
    assert (made.number, made.quarter, made.period) == (1, SUMMER.first, SUMMER)
    event = AuditEvent.objects.get(action="return.signed")
    assert event.detail["sha256"] == made.sha256
    assert event.unit == party.a.clp


def test_no_names_in_the_figures(party: Party, signed: SignedReturn) -> None:
    for member in party.a.people.values():
        assert member.family_name not in str(signed.figures)
    assert signed.figures["vacant"] == ["CLP secretary"]
    assert {row["name"] for row in signed.figures["parts"]} == {"Alder CLP", "Alder branch"}
    assert [name for name, _ in Figures(signed.figures).requirements] == ["Safeguarding"]


@pytest.mark.parametrize("quarter", [Quarter(2026, 4), Quarter(2026, 2)])
def test_other_quarters_are_shown_and_not_signed(
    chair: Client, party: Party, quarter: Quarter
) -> None:
    html = chair.get(address(party, quarter)).content.decode()
    assert "people are up to date" in html
    assert "Sign this return" not in html
    assert chair.post(address(party, quarter), {"agreed": "on"}).status_code == 403
    with pytest.raises(returns.NotSignableError):
        sign(party.a.clp, party.a.chair, quarter)


def test_a_running_quarter_shows_today(chair: Client, party: Party) -> None:
    html = chair.get(address(party, Quarter(2026, 4))).content.decode()
    assert "These are the figures as at today, 21 November 2026." in html
    assert "It can be signed from 1 January 2027." in html


def test_only_who_leads_the_party_signs(
    party: Party, officer: Callable, client_of: Callable
) -> None:
    region = officer(party.region)
    html = client_of(region).get(address(party)).content.decode()
    assert "The chair or the secretary of Alder CLP signs it." in html
    assert client_of(region).post(address(party), {"agreed": "on"}).status_code == 403
    for by in (region, party.b.chair, party.a.people["covered"]):
        with pytest.raises(PermissionDenied):
            sign(party.a.clp, by)
    secretary = TenureFactory(post_kind=party.kinds["secretary"], unit=party.a.clp).member
    assert sign(party.a.clp, secretary).post == "CLP secretary, Alder CLP"


def test_figures_that_moved_are_shown_again(chair: Client, party: Party) -> None:
    seen = hidden_fields(chair.get(address(party)).content.decode())
    course = party.a.chair.completions.get().course
    CompletionFactory(
        member=party.a.people["overdue"], course=course, completed_on=dt.date(2026, 9, 1)
    )
    answer = chair.post(address(party), {**seen, "agreed": "on"}).content.decode()
    assert "The figures have changed" in answer
    assert "3 of 4 people are up to date." in answer
    assert not SignedReturn.objects.exists()
    chair.post(address(party), {**hidden_fields(answer), "agreed": "on"})
    assert SignedReturn.objects.count() == 1


def test_pressed_twice_one_return(chair: Client, party: Party) -> None:
    seen = hidden_fields(chair.get(address(party)).content.decode())
    answers = [chair.post(address(party), {**seen, "agreed": "on"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert SignedReturn.objects.count() == 1


def test_a_correction_is_the_next_number(party: Party, signed: SignedReturn, chair: Client) -> None:
    second = sign(party.a.clp, party.a.chair)
    assert second.number == 2
    assert [*SignedReturn.objects.latest_of(SUMMER.first)] == [second]
    html = chair.get(reverse("compliance:returns", args=[party.a.clp.code])).content.decode()
    assert "July to September 2026, correction 2" in html


def test_later_records_change_nothing_that_was_signed(
    party: Party, signed: SignedReturn, chair: Client
) -> None:
    url = address(party, number=1)
    assert "records for that day differ" not in chair.get(url).content.decode()
    course = party.a.chair.completions.get().course
    CompletionFactory(
        member=party.a.people["overdue"], course=course, completed_on=dt.date(2026, 9, 1)
    )
    party.a.clp.name = "Alder and Ash CLP"
    party.a.clp.save()
    html = chair.get(f"{url}?check=1").content.decode()
    assert "2 of 4 people are up to date." in html
    assert (
        "Today&#x27;s records for that day differ: 3 of 4 up to date, where 2 of 4 was signed."
        in html
    )
    assert "This page is what was signed" in html
    assert "Alder CLP: return for" in html


@pytest.mark.parametrize(
    "change",
    [
        {"figures": {}},
        {"statement": "Nothing was checked."},
        {"post": "CLP secretary, Alder CLP"},
        {"signed_at": dt.datetime(2026, 10, 1, tzinfo=dt.UTC)},
        {"quarter": dt.date(2026, 4, 1)},
        {"number": 3},
    ],
)
def test_a_changed_return_is_found_out(signed: SignedReturn, change: dict) -> None:
    assert returns.is_as_signed(SignedReturn.objects.get())
    with erasure_window():
        SignedReturn.objects.update(**change)
    changed = SignedReturn.objects.get()
    assert not returns.is_as_signed(changed)
    with erasure_window():
        SignedReturn.objects.update(sha256=changed.fingerprint())
    assert not returns.is_as_signed(SignedReturn.objects.get()), "the audit trail holds the hash"


def test_returns_only_grow(signed: SignedReturn) -> None:
    for change in (
        lambda: SignedReturn.objects.update(number=2),
        SignedReturn.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_officers_above_see_who_has_signed(
    party: Party, signed: SignedReturn, officer: Callable, client_of: Callable
) -> None:
    for member in (officer(party.region), officer(party.root, post="national")):
        client = client_of(member)
        code = member.tenures.get().unit.code
        url = reverse("compliance:returns", args=[code])
        html = client.get(url).content.decode()
        assert "1 of 2 constituency parties have signed for July to September 2026." in html
        assert html.count("Not yet") == 1
        missing = client.get(url, {"show": "not-yet"}).content.decode()
        assert "Birch CLP" in missing.split("<table")[1]
        assert "Alder CLP" not in missing.split("<table")[1]
        assert "0 of 2" in client.get(url, {"quarter": "2026-2"}).content.decode()
        assert client.get(url, {"quarter": "2026-9"}).status_code == 404
        assert client.get(address(party, number=1)).status_code == 200


@pytest.mark.parametrize("extra", [0, 10])
def test_the_list_above_costs_the_same_however_many(
    party: Party,
    officer: Callable,
    client_of: Callable,
    extra: int,
    django_assert_num_queries: Callable,
) -> None:
    for clp in [party.a.clp, *(UnitFactory(parent=party.region) for _ in range(extra))]:
        by = TenureFactory(post_kind=party.kinds["chair"], unit=clp).member
        sign(clp, by)
    client, url = client_of(officer(party.region)), reverse("compliance:returns", args=["NORTH"])
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)


def test_who_no_longer_leads_signs_nothing(party: Party, november: Traveller) -> None:
    Tenure.objects.filter(member=party.a.chair).update(ended_on=dt.date(2026, 11, 21))
    with pytest.raises(PermissionDenied):
        sign(party.a.clp, party.a.chair)
