"""Importing past completions in the administration: choose, look, say yes; people not found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from courses.models import Completion, CoursePage, ImportedRow, WaitingFile
from tests.courses.factories import CourseFactory
from tests.courses.proofs import csv_of, decider, xlsx_of
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db

IMPORT, LOST = "/cms/training-elsewhere/import/", "/cms/training-elsewhere/not-found/"
ROWS = (
    "jo@example.org,essentials,2025-03-27",
    "jo@example.org,essentials,soon",
    "lost@example.org,essentials,2025-03-27",
)


@pytest.fixture(autouse=True)
def course() -> CoursePage:
    MemberFactory(email="jo@example.org")
    return CourseFactory(slug="essentials")


@pytest.fixture
def ada(client: Client) -> Member:
    """Somebody who decides, signed in."""
    member = decider(email="ada@example.org")
    client.force_login(member)
    return member


def upload(client: Client, content: bytes, name: str = "past.csv") -> str:
    """Choose a file and return the address of its preview."""
    response = client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.text
    return response["Location"]


def test_a_file_is_looked_at_and_then_its_good_rows_imported(client: Client, ada: Member) -> None:
    assert "membership_number" in client.get(IMPORT).text
    there = upload(client, csv_of(*ROWS))
    page = client.get(there)
    assert "not a day we can read" in page.text
    assert "soon" in page.text
    assert "lost@example.org" in page.text
    assert "Import the good rows" in page.text
    assert not Completion.objects.exists()
    page = client.post(there, {"confirm": "1"}, follow=True)
    assert "Imported: 1 new. Already known: 0. People not found: 1." in page.text
    assert Completion.objects.count() == 1
    assert not WaitingFile.objects.exists()
    assert client.post(there, {"confirm": "1"}).status_code == 404


def test_cancelling_imports_nothing_and_keeps_nothing(client: Client, ada: Member) -> None:
    there = upload(client, csv_of(*ROWS))
    assert "Nothing was imported" in client.post(there, {"cancel": "1"}, follow=True).text
    assert not WaitingFile.objects.exists()
    assert not ImportedRow.objects.exists()


def test_the_second_time_there_is_nothing_to_import(client: Client, ada: Member) -> None:
    content = xlsx_of(
        ("email", "course", "completed_on"),
        ("jo@example.org", "essentials", dt.datetime(2025, 3, 27)),  # noqa: DTZ001 (a cell)
    )
    client.post(upload(client, content, "past.xlsx"), {"confirm": "1"})
    page = client.get(upload(client, content, "past.xlsx"))
    assert "There is nothing to import." in page.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no rows"),
        (b"\0\0", "could not be read as a table"),
        (b"name,course\nJo,essentials", "no column “email”"),
        (b"email,email,course,completed_on\na,b,c,d", "is there twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_remedy(
    client: Client, ada: Member, content: bytes, reason: str
) -> None:
    page = client.post(IMPORT, {"file": SimpleUploadedFile("past.csv", content)})
    assert reason in page.text
    assert not WaitingFile.objects.exists()


def test_hostile_cells_are_shown_as_text(client: Client, ada: Member) -> None:
    there = upload(client, csv_of("<script>alert(1)</script>,<b>x</b>,2025-03-27"))
    page = client.get(there).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_nobody_else_sees_a_preview_or_the_desk(client: Client, ada: Member) -> None:
    there = upload(client, csv_of(*ROWS))
    client.post(upload(client, csv_of(*ROWS)), {"confirm": "1"})
    lost = f"{LOST}{ImportedRow.objects.unmatched().get().pk}/"
    client.force_login(decider())
    assert client.get(there).status_code == 404
    assert client.post(there, {"confirm": "1"}).status_code == 404
    client.force_login(MemberFactory())
    assert {client.get(page).status_code for page in (IMPORT, LOST, lost, there)} == {404}
    assert client.post(lost, {"dismiss": "1"}).status_code == 404
    assert ImportedRow.objects.unmatched().exists()


def test_a_file_left_at_the_preview_is_forgotten(client: Client, ada: Member) -> None:
    upload(client, csv_of(*ROWS))
    call_command("forget_evidence_files", verbosity=0)
    assert WaitingFile.objects.exists()
    WaitingFile.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=9))
    call_command("forget_evidence_files", verbosity=0)
    assert not WaitingFile.objects.exists()


def test_people_not_found_are_matched_or_dismissed(client: Client, ada: Member) -> None:
    client.post(upload(client, csv_of(*ROWS, ROWS[2].replace("lost", "gone"))), {"confirm": "1"})
    assert "imported records whose people were not found" in client.get("/cms/").text
    assert "lost@example.org" in client.get(LOST).text
    lost = ImportedRow.objects.get(email="lost@example.org")
    gone = ImportedRow.objects.get(email="gone@example.org")
    sam = MemberFactory()
    assert "Whose training is this?" in client.get(f"{LOST}{lost.pk}/").text
    assert "Choose the person." in client.post(f"{LOST}{lost.pk}/", {"member": ""}).text
    page = client.post(f"{LOST}{lost.pk}/", {"member": ada.pk}, follow=True)
    assert "your own training" in page.text
    page = client.post(f"{LOST}{lost.pk}/", {"member": sam.pk}, follow=True)
    assert "1 record matched with" in page.text
    assert sam.completions.get().completed_on == dt.date(2025, 3, 27)
    client.post(f"{LOST}{gone.pk}/", {"dismiss": "1"})
    assert "Everybody was found." in client.get(LOST).text
    assert client.get(f"{LOST}{lost.pk}/").status_code == 404


def test_the_preview_takes_as_many_queries_for_many_as_for_few(
    client: Client, ada: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = (
        csv_of(*ROWS),
        csv_of(*ROWS, *(f"p{n}@x.org,essentials,2025-01-02" for n in range(9))),
    )
    fewer, more = upload(client, few), upload(client, many)
    client.get(fewer)
    with django_assert_max_num_queries(40) as asked:
        client.get(fewer)
    with django_assert_max_num_queries(len(asked)):
        client.get(more)
