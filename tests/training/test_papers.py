"""Papers for a meeting: tagged PDF with figures drawn, and a friendly page when there is none."""

from __future__ import annotations

import datetime as dt
import re
import socket
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from pypdf import PdfReader

from certificates import pdf
from members.models import Organisation
from training.papers import filename, paper

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import RequestFactory
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

ROOT = Path(configured.BASE_DIR)
SAMPLE = """{% extends "papers/base.html" %}{% load ui %}{% block main %}
<p class="care-lead">{{ lead }}</p>
{% if segments %}{% stacked_bar segments "How people stand" "All roles." %}{% endif %}
{% if months %}{% trend months "Up to date" %}{% endif %}
{% if regions %}{% small_multiples regions "Regions" %}{% endif %}
{% if people %}<h2>People</h2>
<table>
  <thead><tr><th scope="col">Name</th><th scope="col">Status</th></tr></thead>
  <tbody>{% for one in people %}
  <tr><th scope="row">{{ one }}</th><td>Overdue</td></tr>{% endfor %}</tbody>
</table>{% endif %}
{% endblock %}"""
SEGMENTS = [
    {"label": "Up to date", "count": 14, "tone": "done"},
    {"label": "Overdue", "count": 3, "tone": "late"},
]
MONTHS = [
    {"month": dt.date(2026, 9, 1), "value": 61, "words": "61 of 100"},
    {"month": dt.date(2026, 11, 1), "value": 78, "words": "78 of 100"},
]


@pytest.fixture(autouse=True)
def sample(settings: SettingsWrapper, tmp_path: Path) -> None:
    """Put a paper of another floor beside the templates."""
    (tmp_path / "sample.html").write_text(SAMPLE, encoding="utf-8")
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], tmp_path]
    settings.TEMPLATES = templates


def made(**context: object) -> HttpResponse:
    facts = {
        "title": "Caerphilly: training",
        "made_by": "Siân Ŵyn",
        "made_at": dt.datetime(2026, 11, 21, 18, 30, tzinfo=dt.UTC),
        "serial": "P-000123",
        **context,
    }
    return paper("sample.html", facts)


def read(answer: HttpResponse) -> PdfReader:
    return PdfReader(BytesIO(answer.content))


def pages_of(answer: HttpResponse) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(answer).pages]


def tags_below(tag: dict) -> list[dict]:
    children = tag.get("/K", [])
    children = children if isinstance(children, list) else [children]
    inner = [child.get_object() for child in children]
    own = [child for child in inner if isinstance(child, dict) and "/S" in child]
    return [found for child in own for found in (child, *tags_below(child))]


def tags_of(answer: HttpResponse) -> list[dict]:
    return tags_below(read(answer).trailer["/Root"]["/StructTreeRoot"])


# --- The paper ----------------------------------------------------------------------------------
def test_a_long_table_takes_three_numbered_pages_each_with_its_head() -> None:
    pages = pages_of(made(segments=SEGMENTS, people=[f"Person {n:02}" for n in range(60)]))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of 3" in page
        assert "Name Status" in page
        assert "Made by Siân Ŵyn at 6:30pm on Saturday 21 November 2026." in page
        assert "Paper number P-000123" in page
        assert "The Party" in page
    found = re.findall(r"Person (\d\d)", " ".join(pages))
    assert found == [f"{n:02}" for n in range(60)]


def test_it_is_tagged_with_title_language_and_author() -> None:
    reader = read(made(people=["Ann"]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-gb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata.title == "Caerphilly: training"
    assert reader.metadata.author == "The Party"


def test_headings_and_tables_are_tagged_as_what_they_are() -> None:
    names = [tag["/S"] for tag in tags_of(made(people=["Ann", "Bo"]))]
    assert names.count("/H1") == names.count("/H2") == names.count("/Table") == 1
    assert names.count("/TD") == 2


def test_every_drawing_has_a_name() -> None:
    regions = [{"name": "Wales", "share": "82% (14 of 17)", "segments": SEGMENTS}]
    tags = tags_of(made(segments=SEGMENTS, months=MONTHS, regions=regions))
    alts = [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"]
    assert "How people stand" in alts
    assert "Up to date: 61% in September 2026, 78% in November 2026" in alts
    assert "Up to date: 14. Overdue: 3. " in alts


def test_the_figures_are_drawn_in_their_colours() -> None:
    page = read(made(segments=SEGMENTS, months=MONTHS)).pages[0]
    drawn = page.get_contents().get_data().decode("latin-1")
    assert {shade("2f7d5b"), shade("b4522a"), shade("6b2c5b")} <= {*drawn.splitlines()}
    assert "78%" in page.extract_text()


def shade(colour: str) -> str:
    """Return the operator that fills with this colour."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.6f}" for i in (0, 2, 4)) + " rg"


def test_the_heading_is_in_the_organisation_s_colour() -> None:
    organisation = Organisation.load()
    organisation.brand_colour, organisation.name = "#003366", "Plaid Enghraifft"
    organisation.save()
    answer = made()
    assert "Plaid Enghraifft" in pages_of(answer)[0]
    assert b"0 0.2 0.4" in read(answer).pages[0].get_contents().get_data()


def test_markup_in_a_fact_stays_text_and_calls_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        hostile = f"<img src=http://127.0.0.1:{server.getsockname()[1]}>"
        assert hostile in pages_of(made(lead=hostile))[0]
        with pytest.raises(TimeoutError):
            server.accept()


def test_colours_on_paper_are_those_of_the_screen_by_day() -> None:
    tokens = (ROOT / "frontend" / "scss" / "_tokens.scss").read_text().split("@media screen")[0]
    screen = dict(re.findall(r"--([\w-]+)-fill: (#[0-9a-f]{6});", tokens))
    drawings = (ROOT / "certificates" / "assets" / "drawings.css").read_text()
    assert dict(re.findall(r"\.care-fill-(\w+) { fill: (#[0-9a-f]{6}) }", drawings)) == screen


# --- The answer ---------------------------------------------------------------------------------
def test_it_is_a_file_to_keep_that_no_cache_keeps() -> None:
    answer = made()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="caerphilly-training.pdf"'
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ynys Môn: training", "ynys-mon-training.pdf"),
        ('a"; filename=evil.exe\r\nX: y', "a-filenameevilexe-x-y.pdf"),
        ("Навчання", "paper.pdf"),
        ("word " * 40, "word-" * 15 + "word.pdf"),
    ],
)
def test_its_name_is_plain_whatever_the_title(title: str, name: str) -> None:
    assert filename(title) == name
    assert len(name) <= 84


@pytest.mark.parametrize("signed", [True, False])
def test_without_pango_a_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, signed: bool
) -> None:
    def missing() -> None:
        raise pdf.PdfUnavailableError

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    request = rf.get("/") if signed else None
    if request:
        request.user = AnonymousUser()
    facts = {"title": "T", "made_by": "A", "made_at": None, "serial": "1", "back": "/team/wales/"}
    answer = paper("sample.html", facts, request=request)
    assert answer.status_code == 503
    assert "We cannot make the PDF just now" in answer.text
    assert 'href="/team/wales/"' in answer.text
    assert answer["Cache-Control"] == "no-store, private"
