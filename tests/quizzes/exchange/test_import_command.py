"""`manage.py import_questions` and `forget_import_files`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from quizzes.exchange.formats import MOST_BYTES, write
from quizzes.exchange.items import Item, OptionItem
from quizzes.management.commands import import_questions as command_module
from quizzes.models import Question
from tests.quizzes.exchange.bank import of_every_type, single
from tests.quizzes.exchange.test_memory import peak_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

GIFT = """// The first line

::q-1::What helps? {=Listening ~Promising}

::q-2::Is it so? {TRUE}
"""


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_questions", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


def test_a_check_tells_and_writes_nothing(file: Path) -> None:
    said = json.loads(run(file, "--check", "--json")[0])
    counts = {"single": 1, "true_false": 1}
    assert said == {"questions": 2, "by_type": counts, "skipped": [], "errors": []}
    assert "Nothing was written" in run(file, "--check")[0]
    assert not Question.objects.exists()


def test_it_imports_and_the_second_time_skips(file: Path) -> None:
    said = json.loads(run(file, "--json", "--format", "gift", "--category", "law")[0])
    assert (said["questions"], said["skipped"]) == (2, [])
    assert {str(q.category) for q in Question.objects.all()} == {"Law"}
    said = json.loads(run(file, "--json")[0])
    assert (said["questions"], said["by_type"]) == (0, {})
    assert [skipped["line"] for skipped in said["skipped"]] == [3, 5]
    assert said["skipped"][0]["reason"] == "Already in the bank, as q-1."


def test_for_people_it_says_what_was_done_in_sentences(tmp_path: Path) -> None:
    path = tmp_path / "bank.json"
    path.write_bytes(write([*of_every_type(), single(2, explanation="")], "json"))
    out, _ = run(path, "--publish")
    assert "New: 10." in out
    assert "Single choice: 2" in out
    assert "stays a draft: q-2: Before it is published" in out
    assert "New category: Listening (listening)." in out
    assert Question.objects.published().count() == 11
    assert "Updated: 1." in run_changed(path)


def run_changed(path: Path) -> str:
    path.write_bytes(write([single(2, stem="Changed?")], "json"))
    return run(path, "--update")[0]


def test_an_error_imports_nothing_and_says_the_line(tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text(GIFT + "\n::q-3::Broken? {=Yes ~No\n", encoding="utf-8")
    for options in (["--json"], ["--json", "--check"]):
        out = io.StringIO()
        with pytest.raises(CommandError, match="Nothing was imported"):
            call_command("import_questions", str(path), *options, stdout=out)
        said = json.loads(out.getvalue())
        assert (said["questions"], said["by_type"]) == (0, {})
        assert said["errors"][0].keys() == {"line", "reason"}
        assert said["errors"][0]["line"] >= 7
    assert not Question.objects.exists()
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened") as refusal:
        run(tmp_path / "missing.gift")
    assert refusal.value.returncode == 1
    for path in (tmp_path / "missing.gift", tmp_path):
        out = io.StringIO()
        with pytest.raises(CommandError, match="cannot be opened"):
            call_command("import_questions", str(path), "--json", stdout=out)
        said = json.loads(out.getvalue())
        (error,) = said.pop("errors")
        assert said == {"questions": 0, "by_type": {}, "skipped": []}
        assert (error["line"], "cannot be opened" in error["reason"]) == (1, True)


def test_of_a_file_that_is_too_large_only_the_beginning_is_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "huge.gift"
    with path.open("wb") as file:
        file.truncate(50 * MOST_BYTES)  # nothing but a size

    def refused() -> None:
        with pytest.raises(CommandError, match="Nothing was imported"):
            run(path, "--check")

    assert peak_of(refused) < 2 * MOST_BYTES


def test_a_big_file_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_module, "ENOUGH_TO_WAIT", 2)
    path = tmp_path / "bank.json"
    two = (OptionItem("Yes"), OptionItem("No", is_correct=False))
    path.write_bytes(write([Item("single", f"Is it {n}?", two) for n in range(3)], "json"))
    out, err = run(path, "--json")
    assert "3 of 3 questions" in err
    assert json.loads(out)["questions"] == 3
