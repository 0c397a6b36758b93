"""The paper for a unit's executive, and a signed return as a paper."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from pypdf import PdfReader

from certificates import pdf
from compliance.duty.people import AsAt
from compliance.reports import returns
from compliance.reports.figures import Figures, figures_of
from compliance.reports.quarters import Quarter
from members.models import AuditEvent
from tests.compliance.conftest import client_of, november, officer, party  # noqa: F401
from tests.members.factories import TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:  # noqa: F811
    return client_of(party.a.chair)


@pytest.fixture
def url(party: Party) -> str:  # noqa: F811
    return reverse("compliance_paper", args=[party.a.clp.code])


def text_of(answer: HttpResponse) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_reason_is_asked_first(chair: Client, url: str) -> None:
    html = chair.get(url).content.decode()
    assert "Why do you need this file?" in html
    assert "The paper lists 5 people of Alder CLP" in html
    assert chair.post(url, {"reason": "curiosity"})["Content-Type"].startswith("text/html")
    assert not AuditEvent.objects.exists()


def test_the_paper_says_what_the_page_says(chair: Client, url: str, party: Party) -> None:  # noqa: F811
    answer = chair.post(url, {"reason": "meeting"})
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer)
    event = AuditEvent.objects.get()
    for words in (
        "Alder CLP: training",
        "As at 21 November 2026.",
        "2 of 5 people are up to date.",
        "Overdue Aldersonoverdue",
        "Councillor (Alder branch)",
        "Safeguarding: Overdue since 1 February 2025",
        "CLP secretary: nobody is recorded",
        "Made by Chair Aldersonchair at 9:30am",
        f"Paper number {event.detail['serial']}",
    ):
        assert words in text
    assert event.action == "compliance.exported"
    assert sorted(event.subject_ids) == sorted(m.pk for m in party.a.people.values())
    assert event.detail["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert event.detail["on"] == "2026-11-21"
    assert not [m.email for m in party.a.people.values() if m.email in text]


def test_a_paper_about_a_past_day(chair: Client, url: str) -> None:
    answer = chair.post(f"{url}?on=2026-05-01", {"reason": "meeting"})
    assert "As at 1 May 2026, as known on 21 November 2026." in text_of(answer)
    assert "Due Alderson" not in text_of(answer)
    assert AuditEvent.objects.get().detail["on"] == "2026-05-01"


def test_papers_and_lists_count_together(chair: Client, url: str, party: Party) -> None:  # noqa: F811
    export = reverse("compliance:export", args=[party.a.clp.code])
    asked = [export, url, export, url]
    answers = [chair.post(each, {"reason": "meeting"}).status_code for each in asked]
    assert answers == [200, 200, 200, 429]


def test_what_cannot_be_made_does_not_count(
    chair: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> bytes:
        raise pdf.PdfUnavailableError

    monkeypatch.setattr(pdf, "as_pdf", broken)
    answer = chair.post(url, {"reason": "meeting"})
    assert answer.status_code == 503
    assert "Alderson" not in answer.content.decode().replace("Chair Aldersonchair", "")
    assert not AuditEvent.objects.exists()


def test_there_is_no_paper_above_the_constituency_parties(
    party: Party,  # noqa: F811
    officer: Callable,  # noqa: F811
    client_of: Callable,  # noqa: F811
) -> None:
    client = client_of(officer(party.region))
    assert client.get(reverse("compliance_paper", args=["NORTH"])).status_code == 404
    url = reverse("compliance_paper", args=[party.a.clp.code])
    assert client.get(url).status_code == 200


def test_a_signed_return_as_a_paper(chair: Client, party: Party) -> None:  # noqa: F811
    unit, quarter = party.a.clp, Quarter(2026, 3)
    seen = returns.seen(unit, quarter, Figures(figures_of(unit, AsAt(quarter.last))))
    made = returns.sign_return(unit=unit, quarter=quarter, what=seen, by=party.a.chair)
    url = reverse("compliance_return_paper", args=[unit.code, quarter.code, 1])
    text = text_of(chair.get(url))
    assert "2 of 4 people are up to date." in text
    assert "Signed by Chair Aldersonchair, CLP chair, Alder CLP" in text
    assert made.sha256[:32] in text
    assert "Aldersonoverdue" not in text


@pytest.mark.parametrize("extra", [0, 20])
def test_a_paper_costs_the_same_however_many_people(
    chair: Client,
    url: str,
    party: Party,  # noqa: F811
    extra: int,
    django_assert_max_num_queries: Callable,
) -> None:
    TenureFactory.create_batch(extra, post_kind=party.kinds["councillor"], unit=party.a.branch)
    TenureFactory.create_batch(extra, post_kind=party.kinds["councillor"], unit=party.b.branch)
    with django_assert_max_num_queries(24):
        chair.post(url, {"reason": "meeting"})
