"""Out of the bank: what people meet, filtered, in three formats; and round and back."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import AuditEvent
from quizzes.exchange.formats import WRITERS, read, write
from quizzes.exchange.items import Item, OptionItem
from quizzes.exchange.leaving_out import finished
from quizzes.exchange.reading_out import items_of
from quizzes.exchange.writing_in import import_questions
from quizzes.models import Question
from tests.members.factories import MemberFactory
from tests.quizzes.exchange.bank import bring_in, in_the_bank, of_every_type, single, told
from tests.quizzes.factories import QuizFactory

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

BANK = "/cms/snippets/quizzes/question/"


def export(*options: str) -> str:
    out = io.StringIO()
    call_command("export_questions", *options, stdout=out)
    return out.getvalue()


def references(content: str | bytes, format: str = "json") -> list[str]:  # noqa: A002
    text = content.encode() if isinstance(content, str) else content
    return [item.reference for item in read(text, format, f"bank.{format}").items]


# --- Round and back ------------------------------------------------------------------------------
def emptied() -> None:
    Question.objects.filter(kind="scenario").delete()
    Question.objects.all().delete()


@pytest.mark.parametrize("format", list(WRITERS))
def test_everything_a_format_can_say_comes_back(format: str) -> None:  # noqa: A002
    """What a format cannot say, its reader has told in notes; the second trip loses nothing."""
    bring_in(*of_every_type())
    content = write(list(items_of(Question.objects.all())), format)
    emptied()
    import_questions(found=read(content, format, "bank"), by=None)
    once = in_the_bank()
    if format == "json":
        assert once == {item.reference: told(item) for item in of_every_type()}
    content = write(list(items_of(Question.objects.all())), format)
    emptied()
    import_questions(found=read(content, format, "bank"), by=None)
    assert in_the_bank() == once
    assert {item.reference for item in of_every_type()} >= {*once}


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Co"]),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()) or "word")


@st.composite
def questions(draw: st.DrawFn) -> list[Item]:
    stems = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    return [
        single(
            number,
            stem=stem,
            options=tuple(
                OptionItem(text, is_correct=place == 0, feedback=draw(st.sampled_from(["", text])))
                for place, text in enumerate(
                    draw(st.lists(words, min_size=2, max_size=4, unique=True))
                )
            ),
            explanation=draw(words),
            category=(draw(st.sampled_from(["Top", "A/B", "50% of $all: {x}"])), "Below"),
            line=0,
        )
        for number, stem in enumerate(stems)
    ]


@pytest.mark.parametrize("format", list(WRITERS))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=questions())
def test_any_words_go_round_and_back(format: str, items: list[Item]) -> None:  # noqa: A002
    emptied()
    bring_in(*items)
    before = in_the_bank()
    content = write(list(items_of(Question.objects.all())), format)
    emptied()
    found = read(content, format, "bank")
    assert not found.errors
    import_questions(found=found, by=None)
    assert in_the_bank() == before


# --- What goes out -------------------------------------------------------------------------------
def test_the_command_writes_all_a_category_or_a_quiz(tmp_path: Path) -> None:
    bring_in(single(1), single(2, category=("Safeguarding",)), single(3, category=("Other",)))
    QuizFactory(draft=True, questions=[Question.objects.get(reference="q-3")])
    quiz = Question.objects.get(reference="q-3").in_quizzes.get().quiz
    assert references(export()) == ["q-1", "q-2", "q-3"]
    assert references(export("--category", "safeguarding")) == ["q-1", "q-2"]
    assert references(export("--format", "gift", "--quiz", quiz.slug), "gift") == ["q-3"]
    path = tmp_path / "bank.xml"
    assert "3 questions written" in export("--format", "moodle_xml", "-o", str(path))
    assert references(path.read_bytes(), "moodle_xml") == ["q-1", "q-2", "q-3"]
    for wrong in (["--category", "none"], ["--quiz", "none"], ["-o", str(tmp_path / "no" / "x")]):
        with pytest.raises(CommandError):
            export(*wrong)
    event = AuditEvent.objects.filter(action="questions.exported").first()
    assert event.detail == {"format": "json", "questions": 3}


def test_what_people_meet_goes_out_and_of_a_draft_its_last_words() -> None:
    bring_in(single(1), publish=True)
    bring_in(single(2), *of_every_type()[7:8])
    bring_in(single(1, stem="Not yet?"), single(2, stem="The last words?"), update=True)
    found = in_the_bank()
    assert found["q-1"].stem == single(1).stem
    assert found["q-2"].stem == "The last words?"
    assert "story-1" not in found  # it comes with its scenario


def test_many_take_as_many_queries_as_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    bring_in(*of_every_type())
    with django_assert_max_num_queries(20) as few:
        list(items_of(Question.objects.all()))
    bring_in(*(single(n) for n in range(20, 50)))
    bring_in(*(single(n, stem="Better?") for n in range(20, 50)), update=True)
    with django_assert_max_num_queries(len(few)):
        list(items_of(Question.objects.all()))


NOT_YET = {  # what an author may save, and nobody may publish
    "tf-none": Item("true_false", "Is it?"),
    "tf-one": Item("true_false", "Is it?", (OptionItem("True"),)),
    "tf-unmarked": Item(
        "true_false",
        "Is it?",
        (OptionItem("True", is_correct=False), OptionItem("False", is_correct=False)),
    ),
    "tf-words": Item("true_false", "Is it?", (OptionItem("No"), OptionItem("Yes", False))),
    "number": Item("numeric", "How many?", (OptionItem("1e3"),)),
    "bare": Item("single", "Which?"),
}


@pytest.mark.parametrize("format", list(WRITERS))
def test_what_is_not_finished_is_left_out_and_named(client: Client, format: str) -> None:  # noqa: A002
    drafts = [replace(item, reference=name) for name, item in NOT_YET.items()]
    bring_in(*drafts, single(1))
    out, err = io.StringIO(), io.StringIO()
    call_command("export_questions", "--format", format, stdout=out, stderr=err)
    assert references(out.getvalue(), format) == ["q-1"]
    assert all(f"“{name}” is left out, because it is not" in err.getvalue() for name in NOT_YET)
    client.force_login(MemberFactory(administrator=True))
    assert references(client.get(f"{BANK}?questions={format}").content, format) == ["q-1"]
    page = client.get(BANK).text
    assert all(f"“{name}” is left out" in page for name in NOT_YET)
    assert "“tf-none” is left out" not in client.get(BANK).text


def test_many_that_are_not_finished_are_counted() -> None:
    items = [replace(NOT_YET["bare"], reference=f"q-{n}") for n in range(15)]
    whole, said = finished([*items, single(20)])
    assert ([item.reference for item in whole], len(said), said[-1][:6]) == (["q-20"], 11, "5 more")


def test_lines_as_a_browser_ends_them_come_back() -> None:
    bring_in(single(1))
    question = Question.objects.get()
    question.stem, question.explanation = "One\r\ntwo", "Three\r\n\r\nfour"
    question.save_revision()
    for format in WRITERS:  # noqa: A001
        content = export("--format", format).encode()
        (item,) = read(content, format, "bank").items
        assert (item.stem, item.explanation) == ("One\ntwo", "Three\n\nfour")


# --- In the administration -----------------------------------------------------------------------
@pytest.mark.parametrize("format", list(WRITERS))
def test_the_list_hands_out_what_it_shows(client: Client, format: str) -> None:  # noqa: A002
    author = MemberFactory(administrator=True)
    client.force_login(author)
    bring_in(single(1), single(2, category=("Other",), stem="Findable?"), single(3))
    category = Question.objects.get(reference="q-1").category_id
    page = client.get(f"{BANK}?category={category}").text
    assert f"category={category}&amp;questions={format}" in page
    file = client.get(f"{BANK}?category={category}&questions={format}")
    assert "attachment" in file["Content-Disposition"]
    assert references(file.content, format) == ["q-1", "q-3"]
    assert references(client.get(f"{BANK}?q=Findable&questions={format}").content, format) == [
        "q-2"
    ]
    events = AuditEvent.objects.filter(action="questions.exported", actor=author)
    assert [event.detail["questions"] for event in events] == [1, 2]


def test_nobody_else_gets_a_file(client: Client) -> None:
    bring_in(single(1))
    assert client.get(f"{BANK}?questions=json").status_code == 302
    client.force_login(MemberFactory())
    assert client.get(f"{BANK}?questions=json").status_code == 404
    assert not AuditEvent.objects.filter(action="questions.exported").exists()
