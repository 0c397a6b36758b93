"""What a change would do, to take away: counts for whoever edits, names by the export's rules."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission

from compliance.models import Requirement
from compliance.requirements.moved_files import COUNTS_HEAD, NAMES_HEAD
from members.models import AuditEvent
from tests.compliance.test_editor import SAVE, administrator, filled, said, url
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

__all__ = ["administrator", "filled"]  # fixtures
pytestmark = pytest.mark.django_db
COUNTS = {"counts": "1"}
NAMES = {"names": "1", "list-reason": "decide"}


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_counts_have_no_names(administrator: Client, filled: dict, party: Party) -> None:
    response = administrator.post(url("add"), filled | COUNTS)
    assert response["Content-Disposition"] == (
        'attachment; filename="training-change-2026-11-21.csv"'
    )
    head, *rows = rows_of(response.content)
    assert head == list(COUNTS_HEAD)
    assert rows == [
        ["The North", "Alder CLP", "ALDER1", "0", "5", "4", "0", "0", "0", "5"],
        ["The North", "Birch CLP", "BIRCH1", "0", "5", "4", "0", "0", "0", "5"],
        ["", "In all, each person once", "", "0", "10", "8", "0", "0", "0", "10"],
    ]
    for canary in ("Aldersonchair", "alder.example.org"):
        assert canary not in response.content.decode()
    assert Requirement.objects.count() == 1


def test_the_list_of_names_is_recorded(administrator: Client, filled: dict, party: Party) -> None:
    response = administrator.post(url("add"), filled | NAMES)
    head, *rows, [mark] = rows_of(response.content)
    assert head == list(NAMES_HEAD)
    assert len(rows) == 10
    assert ["Chair Aldersonchair", "The North", "Alder CLP", "No duty", "Overdue or ended"] in rows
    assert mark.startswith(
        "What a change of “Preventing harassment” would do; nothing of it was saved"
    )
    event = AuditEvent.objects.get()
    assert event.action == "compliance.exported"
    assert event.detail["reason"] == "decide"
    assert event.detail["serial"] in mark
    assert event.detail["sha256"] == hashlib.sha256(response.content).hexdigest()
    everybody = [*party.a.people.values(), *party.b.people.values()]
    assert event.subject_ids == sorted(member.pk for member in everybody)
    for canary in ("@", "Alder-chair"):  # neither addresses nor numbers
        assert canary not in response.content.decode()


def test_why_is_asked_first(administrator: Client, filled: dict) -> None:
    html = said(administrator, url("add"), filled | {"names": "1"})
    assert "Choose why you need the list." in html
    assert html.count('type="hidden" name="post_kinds"') == 2
    assert not AuditEvent.objects.exists()


def test_three_files_with_names_a_day(administrator: Client, filled: dict) -> None:
    for _ in range(3):
        assert administrator.post(url("add"), filled | NAMES)["Content-Type"].startswith("text/csv")
    html = said(administrator, url("add"), filled | NAMES)
    assert "You have made three files with names today." in html
    assert AuditEvent.objects.count() == 3


def test_archiving_has_its_files_too(administrator: Client, party: Party) -> None:
    address = url("delete", Requirement.objects.get().pk)
    assert rows_of(administrator.post(address, COUNTS).content)[1][5:7] == ["0", "5"]
    assert len(rows_of(administrator.post(address, NAMES).content)) == 1 + 10 + 1
    assert not Requirement.objects.get().is_archived


def test_who_may_edit_but_not_see_people_gets_no_names(
    client_of: Callable, filled: dict, party: Party
) -> None:
    editor = MemberFactory()
    wanted = ["access_admin", "add_requirement", "change_requirement", "view_requirement"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client = client_of(editor)
    html = said(client, url("add"), filled | NAMES)
    assert "Nothing is saved yet." in html
    assert "list with names" not in html
    assert not AuditEvent.objects.exists()
    assert client.post(url("add"), filled | COUNTS)["Content-Type"].startswith("text/csv")


def test_who_may_only_look_saves_nothing(client_of: Callable, filled: dict, party: Party) -> None:
    reader = MemberFactory()
    wanted = ["access_admin", "view_requirement"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client = client_of(reader)
    saved = Requirement.objects.get()
    for address in (url("add"), url("edit", saved.pk), url("delete", saved.pk)):
        for button in (SAVE, COUNTS, NAMES):
            response = client.post(address, filled | button)
            assert response.status_code in (302, 404)
            assert "csv" not in response.headers.get("Content-Type", "")
    assert Requirement.objects.get().latest.number == 1
