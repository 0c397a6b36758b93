"""Our own JSON: strict, so that a slip is told and not lost."""

import json

import pytest

from quizzes.exchange.formats import read, write
from quizzes.exchange.items import Item, OptionItem

START = '{"format": "duty-of-care-questions", "version": 1, "items": [\n'
ITEM = {
    "kind": "true_false",
    "stem": "Is it?",
    "options": [{"text": "True", "is_correct": True}, {"text": "False", "is_correct": False}],
}


def found(**fields):
    return read((START + json.dumps(ITEM | fields) + "]}").encode(), "json")


def test_a_person_can_write_it_in_any_order():
    text = json.dumps(
        {"version": 1, "made": "by hand", "format": "duty-of-care-questions", "items": [ITEM]}
    )
    got = read(text.encode(), None, "q.json")
    assert [item.stem for item in got.items] == ["Is it?"]


def test_true_stands_first_wherever_the_file_has_it():
    got = found(options=[{"text": "false"}, {"text": "True", "is_correct": False}])
    assert [(o.text, o.is_correct) for o in got.items[0].options] == [
        ("True", False),
        ("False", True),
    ]


def test_only_what_is_unusual_is_written():
    options = (OptionItem("True"), OptionItem("False", is_correct=False))
    line = write([Item("true_false", "Is it?", options)], "json").decode().splitlines()[1]
    assert json.loads(line) == ITEM


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"stemm": "x"}, "“stemm” is no field of a question"),
        ({"points": "two"}, "“points” of a question should be a whole number"),
        ({"points": 11}, "counts for 11 points"),
        ({"options": [{"text": "a", "weight": "lots"}]}, "“weight” of an answer should be"),
        ({"options": [{"weight": None}]}, "An answer needs “text”"),
        ({"options": "a"}, "a list of answers"),
        ({"kind": "riddle"}, "“riddle” is no type of question"),
        ({"nation": "France"}, "does not fit nation"),
        ({"option_order": "odd"}, "does not fit option order"),
        ({"reference": "a b"}, "does not fit reference"),
        ({"law_as_at": "soon"}, "does not fit law as at"),
        ({"category": ["a", "b", "c"]}, "3 levels deep"),
        ({"picture": {"name": "a", "content": "?"}}, "“content” of a picture should be"),
        ({"stem": "a\ud800"}, "belongs to no text"),
        ({"stem": "a\x00"}, "belongs to no text"),
        ({"stem": " "}, "only answers"),
        ({"explanation": "x" * 20_001}, "20,001 characters long"),
        ({"options": []}, "exactly two answers"),
        ({"options": [{"text": "No"}, {"text": "Yes", "is_correct": False}]}, "True and False"),
        ({"kind": "numeric", "options": [{"text": "1e3"}]}, "“1e3” is not a number"),
        ({"kind": "scenario", "steps": []}, "at least two steps"),
        ({"steps": [{"question": ITEM | {"steps": [{"question": ITEM}]}}]}, "steps of its own"),
        ({"steps": [{"question": ITEM | {"stem": ""}}]}, "only answers"),
    ],
)
def test_a_slip_is_told_with_its_line(fields, reason):
    got = found(**fields)
    assert (got.errors[0].line, got.errors[0].reason.count(reason)) == (2, 1)
    assert got.items == []


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"format": "x"}', 1, "not ours"),
        ("[1]", 1, "not ours"),
        (START.replace("1", "2"), 1, "version 2"),
        (START + "]\n", 3, "well-formed"),
        (START + "\n7]}", 3, "Here should be a question"),
        (START + '{"kind": NaN}]}', 2, "a number that is none"),
        (START + "[" * 100_000, 2, "deeper"),
        (START + '{"points": ' + "9" * 5000 + "}]}", 2, "far too long"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text, line, reason):
    got = read(text.encode(), "json")
    assert (got.errors[0].line, reason in got.errors[0].reason) == (line, True)


def test_two_questions_with_one_reference_are_refused():
    twice = json.dumps(ITEM | {"reference": "a-1"})
    got = read((START + f"{twice}, {twice}]}}").encode(), "json")
    assert "reference of the question on line 2" in got.errors[0].reason
