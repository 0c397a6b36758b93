"""Importing questions in the administration: choose a file, look, say yes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from members.models import AuditEvent
from quizzes.exchange import desk_forms, waiting
from quizzes.exchange.formats import write
from quizzes.exchange.items import OptionItem
from quizzes.models import Question
from tests.members.factories import MemberFactory
from tests.quizzes.exchange.bank import bring_in, of_every_type, single

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member
    from quizzes.exchange.items import Item

pytestmark = pytest.mark.django_db

IMPORT = "/cms/snippets/quizzes/question/import/"


@pytest.fixture
def ada(client: Client) -> Member:
    """An author, signed in."""
    member = MemberFactory(administrator=True)
    client.force_login(member)
    return member


def member_with(*names: str) -> Member:
    """Somebody who may enter the administration and do these things with questions."""
    member = MemberFactory()
    wanted = Permission.objects.filter(codename__in=["access_admin", *names])
    member.user_permissions.set(wanted)
    return member


def upload(client: Client, *items: Item, content: bytes = b"", name: str = "bank.json") -> str:
    """Choose a file and return the address of its preview."""
    content = content or write(items, "json")
    response = client.post(IMPORT, {"file": SimpleUploadedFile(name, content), "format": ""})
    assert response.status_code == 302, response.text
    return response["Location"]


def test_a_file_is_looked_at_and_then_imported(client: Client, ada: Member) -> None:
    assert "See what is in it" in client.get(IMPORT).text
    there = upload(client, *of_every_type())
    page = client.get(there).text
    for words in ("Nothing is imported yet", "Right: Listening", "Here → There", "1. First"):
        assert words in page
    assert "18 (± 0.5)" in page
    assert "Sam goes on." in page
    assert not Question.objects.exists()
    page = client.post(there, {"confirm": "1", "publish": "on"}, follow=True).text
    assert "is imported" in page
    assert "?category=" in page
    assert Question.objects.published().count() == 11
    assert set(Question.objects.values_list("live_revision__user", flat=True)) == {ada.pk}
    assert client.post(there, {"confirm": "1"}).status_code == 404


def test_without_a_wish_all_are_drafts_and_what_is_there_stays(client: Client, ada: Member) -> None:
    bring_in(single(1))
    there = upload(client, single(1, stem="Changed?"), single(2))
    page = client.get(there).text
    assert "In the bank already, as" in page
    client.post(there, {"confirm": "1"})
    assert not Question.objects.published().exists()
    assert Question.objects.get(reference="q-1").stem == single(1).stem
    client.post(upload(client, single(1, stem="Changed?")), {"confirm": "1", "update": "yes"})
    assert Question.objects.get(reference="q-1").latest_revision.content["stem"] == "Changed?"


def test_cancelling_keeps_nothing(client: Client, ada: Member) -> None:
    there = upload(client, single(1))
    assert "Nothing was imported" in client.post(there, {"cancel": "1"}, follow=True).text
    assert client.get(there).status_code == 404
    assert not Question.objects.exists()


def test_a_file_with_mistakes_names_their_lines_and_imports_nothing(
    client: Client, ada: Member
) -> None:
    there = upload(client, content=b"::a::Fine? {TRUE}\n\n::b::Broken? {=Yes ~No\n", name="b.gift")
    page = client.get(there).text
    assert "Nothing can be imported until these are corrected" in page
    assert "confirm" not in page
    assert client.post(there, {"confirm": "1"}).status_code == 200
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("number", "wrong"), [("max_questions", 0), ("max_questions", 40_000), ("pass_mark", 150)]
)
def test_a_quiz_we_cannot_hold_is_a_mistake_and_not_a_crash(
    client: Client, ada: Member, number: str, wrong: int
) -> None:
    entries = json.loads(Path(__file__).with_name("django_quiz.json").read_text())
    entries[2]["fields"][number] = wrong
    there = upload(client, content=json.dumps(entries).encode(), name="dump.json")
    page = client.get(there).text
    assert "Nothing can be imported until these are corrected" in page
    assert f"{wrong}" in page
    assert client.post(there, {"confirm": "1"}).status_code == 200
    assert not Question.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("", b""), ("empty.gift", b"")])
def test_no_file_is_refused_with_a_remedy(
    client: Client, ada: Member, name: str, content: bytes
) -> None:
    form = {"file": SimpleUploadedFile(name, content)} if name else {}
    assert "Choose" in client.post(IMPORT, form).text


def test_a_file_that_is_too_large_is_refused(
    client: Client, ada: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_forms, "MOST_MEGABYTES", 0)
    page = client.post(IMPORT, {"file": SimpleUploadedFile("b.gift", b"x {T}")})
    assert "Split it" in page.text


def test_hostile_words_are_shown_as_text(client: Client, ada: Member) -> None:
    bad = (OptionItem("<b>x</b>"), OptionItem("y", is_correct=False))
    hostile = single(1, stem="<script>alert(1)</script>", options=bad)
    page = client.get(upload(client, hostile, name="<img src=x>.json")).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page
    assert "<img src=x>" not in page


# --- Who -----------------------------------------------------------------------------------------
def test_nobody_else_sees_the_file_or_what_became_of_it(client: Client, ada: Member) -> None:
    there, imported = upload(client, single(1)), upload(client, single(2))
    done = client.post(imported, {"confirm": "1"})["Location"]
    client.force_login(MemberFactory(administrator=True))
    assert client.get(there).status_code == 404
    assert client.post(there, {"confirm": "1"}).status_code == 404
    assert client.get(done).status_code == 404
    client.force_login(MemberFactory())
    assert {client.get(page).status_code for page in (IMPORT, there, done)} == {404}
    assert Question.objects.count() == 1


def test_who_may_only_look_may_not_import(client: Client, ada: Member) -> None:
    there = upload(client, single(1))
    client.force_login(member_with("view_question"))
    for answer in (client.get(IMPORT), client.post(IMPORT, {}), client.get(there)):
        assert answer.status_code in {302, 403, 404}
        assert "import/" not in answer.headers.get("Location", "")
    assert "Import questions" not in client.get("/cms/snippets/quizzes/question/").text


def test_who_may_add_but_no_more_is_asked_no_more(client: Client) -> None:
    client.force_login(member_with("add_question", "view_question"))
    bring_in(single(1))
    there = upload(client, single(1, stem="Changed?"), single(2))
    page = client.get(there).text
    assert "Publish the questions" not in page
    assert "Give them a new version" not in page
    client.post(there, {"confirm": "1", "publish": "on", "update": "yes"})
    assert not Question.objects.published().exists()
    assert Question.objects.get(reference="q-1").latest_revision.content["stem"] != "Changed?"
    there = upload(client, single(3, category=("Something new",)))
    assert "may not do all" in client.post(there, {"confirm": "1"}, follow=True).text
    assert Question.objects.count() == 2


# --- What is kept, and how dear ------------------------------------------------------------------
def test_a_file_is_forgotten_after_a_day(
    client: Client, ada: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = upload(client, single(1))
    call_command("forget_import_files", verbosity=0)
    assert client.get(there).status_code == 200
    later = timezone.now() + dt.timedelta(days=1, minutes=1)
    monkeypatch.setattr(waiting.timezone, "now", lambda: later)
    assert client.get(there).status_code == 404
    assert waiting.forget_old() >= 1
    assert storages["private"].listdir(f"{waiting.FOLDER}/{ada.pk}")[1] == []


def test_the_preview_takes_as_many_queries_for_many_as_for_few(
    client: Client, ada: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fewer = upload(client, single(1))
    more = upload(client, *(single(n) for n in range(1, 60)))
    client.get(fewer)
    with django_assert_max_num_queries(40) as asked:
        client.get(fewer)
    with django_assert_max_num_queries(len(asked)):
        page = client.get(f"{more}?p=2").text
    assert "51 to 59 of 59" in page


def test_it_is_in_the_menu_and_in_the_trail(client: Client, ada: Member) -> None:
    assert IMPORT in json.dumps(client.get("/cms/").text)
    client.post(upload(client, single(1)), {"confirm": "1"})
    assert AuditEvent.objects.get(action="questions.imported").actor == ada
