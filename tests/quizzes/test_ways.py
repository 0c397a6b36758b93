"""The form of every type of question: what it offers, takes, and asks for again."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Revision

from quizzes.forms import AnswerForm
from quizzes.models import Answer

TEXTS = ["Alpha", "Beta", "Gamma"]


def answer_to(kind: str, chosen: list[str] | None = None) -> Answer:
    """An answer to a question with three options, shown as c, a, b; nothing is in the database."""
    options = [
        {
            "key": key,
            "text": text,
            "match": f"With {text}",
            "is_correct": key == "a",
            "feedback": "",
            "is_pinned": False,
            "sort_order": n,
        }
        for n, (key, text) in enumerate(zip("abc", TEXTS, strict=True))
    ]
    content = {
        "stem": "First line?\nSecond line",
        "kind": kind,
        "explanation": "Because.",
        "category": 7,
        "options": options,
    }
    order = ["b", "c", "a"] if kind == "matching" else []
    return Answer(
        question_id=5,
        revision=Revision(content=content),
        option_order=["c", "a", "b"],
        match_order=order,
        chosen=chosen or [],
    )


def posted(kind: str, **data: Any) -> AnswerForm:
    form = AnswerForm(answer_to(kind), {"question": "5", **data})
    form.is_valid()
    return form


GIVEN = {
    "single": ({"choice": "1"}, ["a"]),
    "true_false": ({"choice": "0"}, ["c"]),
    "multiple": ({"choice": ["0", "2"]}, ["c", "b"]),
    "matching": ({"pair-0": "0", "pair-1": "", "pair-2": "0"}, ["c:b", "b:b"]),
    "ordering": ({"place-0": "2", "place-1": "0", "place-2": "1"}, ["a", "b", "c"]),
    "numeric": ({"number": " £1,000 "}, ["1000"]),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_posted_is_read_as_an_answer_keeps_it(kind: str) -> None:
    data, chosen = GIVEN[kind]
    form = posted(kind, **data)
    assert form.errors == {}
    assert form.chosen == chosen
    assert form.asked.accepts(chosen)


@pytest.mark.parametrize("kind", [*GIVEN, "short_text", "essay"])
def test_nothing_is_an_answer_left_for_later(kind: str) -> None:
    form = posted(kind)
    assert form.errors == {}
    assert form.is_empty


@pytest.mark.parametrize("kind", GIVEN)
def test_what_was_answered_is_shown_again(kind: str) -> None:
    data, chosen = GIVEN[kind]
    form = AnswerForm(answer_to(kind, chosen))
    for name, value in data.items():
        read = {" £1,000 ": "1000"}.get(value, value) if isinstance(value, str) else value
        assert form[name].value() == read


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_lists_are_labelled_and_name_places_not_keys(kind: str) -> None:
    form = AnswerForm(answer_to(kind))
    assert form.heading is None
    lists = form.visible_fields()
    assert [one.label for one in lists] == ["Gamma", "Alpha", "Beta"]
    for one in lists:
        assert [value for value, _ in one.field.choices] == ["", "0", "1", "2"]


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        (("0", "0", "1"), {"place-1": "1 is there twice: “Alpha” needs a place of its own"}),
        (("0", "", "1"), {"place-1": "Choose a place for “Alpha”, or clear all the others"}),
        (("9", "0", "1"), {"place-0": "Choose one from the list"}),
        (("9", "9", "9"), dict.fromkeys(["place-0", "place-1", "place-2"])),
    ],
)
def test_order__is_whole_or_empty(places: tuple[str, ...], wrong: dict[str, str | None]) -> None:
    form = posted("ordering", **{f"place-{n}": place for n, place in enumerate(places)})
    assert set(form.errors) == set(wrong)
    for name, problem in wrong.items():
        assert form.errors[name] == [problem or "Choose one from the list"]


def test_number__that_is_none_is_asked_for_again_and_kept() -> None:
    form = posted("numeric", number="eighteen")
    assert form.errors == {"number": ["Write only a number, in digits, such as 18 or 2.5"]}
    assert 'value="eighteen"' in str(form["number"])
    assert 'inputmode="decimal"' in str(form["number"])


def test_text__is_short_and_browsers_leave_it_alone() -> None:
    form = posted("short_text", text="x" * 201)
    assert form.errors == {"text": ["Write at most 200 characters: these are 201"]}
    box = str(form["text"])
    assert 'spellcheck="false"' in box
    assert "maxlength" not in box, "what is pasted is not cut off in silence"
    assert posted("short_text", text=" the lead ").typed == "the lead"


def test_essay__counts_a_line_break_once() -> None:
    text = "line\r\n" * 999 + "lines"
    assert posted("essay", text=text).errors == {}
    assert posted("essay", text="x" * 5001).errors
    assert "\r" not in posted("essay", text=text).typed


def test_the_question_is_the_heading_with_its_line_breaks() -> None:
    heading = AnswerForm(answer_to("single")).heading
    assert heading is not None
    assert heading.label == "First line?<br>Second line"
