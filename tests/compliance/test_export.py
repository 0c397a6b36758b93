"""The file a chair takes away: one shape, no formulas, and a trace of who made it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import unicodedata
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from compliance.duty.people import AsAt
from compliance.reports.export import HEAD, ExportFile
from members.models import AuditEvent
from members.spreadsheets import DANGEROUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party


@pytest.fixture
def chair(party: Party, client_of: Callable) -> Client:
    return client_of(party.a.chair)


@pytest.fixture
def url(party: Party) -> str:
    return reverse("compliance:export", args=[party.a.clp.code])


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_reason_is_asked_first(chair: Client, url: str) -> None:
    html = chair.get(url).content.decode()
    assert "Why do you need this file?" in html
    assert "5 people of Alder CLP" in html
    assert "You can make 3 more files today, papers and lists together." in html
    assert not AuditEvent.objects.exists()


def test_no_reason_no_file(chair: Client, url: str) -> None:
    for data in ({}, {"reason": "curiosity"}):
        response = chair.post(url, data)
        assert response["Content-Type"].startswith("text/html")
        assert "Error:" in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_one_shape(chair: Client, url: str) -> None:
    response = chair.post(url, {"reason": "meeting"})
    assert (
        response["Content-Disposition"] == 'attachment; filename="training-ALDER1-2026-11-21.csv"'
    )
    head, first, *rest, last = rows_of(response.content)
    assert tuple(head) == HEAD
    assert first == [
        "Overdue Aldersonoverdue",
        "Councillor (Alder branch)",
        "Safeguarding",
        "Overdue since 1 February 2025",
        "2025-02-01",
    ]
    assert len(rest) == 4
    assert last[0].startswith(
        "Alder CLP. Exported by Chair Aldersonchair on 21 November 2026, 09:30"
    )


def test_the_file_is_recorded_and_can_be_traced(chair: Client, url: str, party: Party) -> None:
    response = chair.post(f"{url}?status=due", {"reason": "remind"})
    event = AuditEvent.objects.get()
    assert event.action == "compliance.exported"
    assert event.subject_ids == [party.a.people["due"].pk]
    assert event.detail["reason"] == "remind"
    assert event.detail["serial"] in rows_of(response.content)[-1][0]
    assert event.detail["sha256"] == hashlib.sha256(response.content).hexdigest()


def test_three_files_a_day(chair: Client, url: str, november: object) -> None:
    answers = [chair.post(url, {"reason": "meeting"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert "three files today" in chair.get(url).content.decode()
    november.shift(24 * 3600)
    assert chair.post(url, {"reason": "meeting"}).status_code == 200


@given(st.text(), st.text(), st.text())
def test_no_cell_is_a_formula(name: str, role: str, title: str) -> None:
    duty = SimpleNamespace(day=None, words="Up to date", requirement=SimpleNamespace(title=title))
    file = ExportFile(
        unit=SimpleNamespace(name=name, code="A"),
        people=[SimpleNamespace(name=name, roles=role, duties=[duty])],
        as_at=AsAt(dt.date(2026, 5, 1), dt.date(2026, 5, 3)),
        by=SimpleNamespace(get_full_name=lambda: name),
        at=timezone.now(),
        serial="AB12",
    )
    for row in file.rows():
        assert len(row) in (1, len(HEAD))
    text = file.content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            seen = unicodedata.normalize("NFKC", cell)
            assert not seen.lstrip().startswith(DANGEROUS)
