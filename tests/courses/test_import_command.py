"""`manage.py import_completions`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from courses.models import Completion, CoursePage
from tests.courses.factories import CourseFactory
from tests.courses.proofs import csv_of
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from pathlib import Path

    from members.models import Member

pytestmark = pytest.mark.django_db

ROW = "jo@example.org,essentials,2025-03-27"


@pytest.fixture
def course() -> CoursePage:
    return CourseFactory(slug="essentials")


@pytest.fixture
def jo() -> Member:
    return MemberFactory(email="jo@example.org")


def command(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_completions", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_it_checks_imports_and_tells(course: CoursePage, jo: Member, tmp_path: Path) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(csv_of(ROW, "lost@example.org,essentials,2025-03-27"))
    said = json.loads(command(file, "--check", "--json"))
    lost = {"row": 3, "email": "lost@example.org", "membership_number": ""}
    lost |= {"course": "essentials", "completed_on": "2025-03-27"}
    assert said == {"new": 1, "known": 0, "unmatched": [lost], "problems": []}
    assert not Completion.objects.exists()
    assert "New: 1. Already known: 0. People not found: 1." in command(file)
    assert Completion.objects.count() == 1
    assert "New: 0. Already known: 1." in command(file)


def test_a_problem_stops_it_unless_the_good_rows_are_asked_for(
    course: CoursePage, jo: Member, tmp_path: Path
) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(csv_of(ROW, "jo@example.org,nothing,2025-03-27"))
    with pytest.raises(CommandError, match="would import nothing"):
        command(file, "--check")
    with pytest.raises(CommandError, match=r"nothing was imported.*--good-rows"):
        command(file)
    assert not Completion.objects.exists()
    said = json.loads(command(file, "--good-rows", "--json"))
    assert [problem["row"] for problem in said["problems"]] == [3]
    assert said["problems"][0].keys() == {"row", "column", "value", "reason"}
    assert Completion.objects.count() == 1


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        command(tmp_path / "missing.csv")
    for content in (b"", b"\0\1\2", b"PK\x03\x04broken", b"just words", b"email,course\nx,y"):
        (tmp_path / "bad.csv").write_bytes(content)
        with pytest.raises(CommandError, match="Nothing was imported"):
            command(tmp_path / "bad.csv", "--json")
