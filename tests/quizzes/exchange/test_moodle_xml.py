"""Moodle XML, as Moodle writes it, and documents that mean harm."""

from base64 import b64encode
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from quizzes.exchange import moodle, shown
from quizzes.exchange.formats import read
from quizzes.exchange.moodle_xml import kinds, reader, tree

EXPORT = Path(__file__).with_name("moodle_export.xml")
QUESTION = (
    '<quiz><question type="{type}"><name><text>n</text></name>'
    '<questiontext format="html"><text>Why?</text></questiontext>{more}</question></quiz>'
)


def png():
    file = BytesIO()
    Image.new("RGB", (4, 3), "plum").save(file, "PNG")
    return file.getvalue()


def found(text):
    return read(text.encode(), "moodle_xml")


def answers(*fractions):
    return "".join(
        f'<answer fraction="{fraction}"><text>{place}</text></answer>'
        for place, fraction in enumerate(fractions)
    )


@pytest.fixture(scope="module")
def export():
    text = EXPORT.read_text().replace("PICTURE", b64encode(png()).decode())
    got = read(text.encode(), None, "questions.xml")
    assert not got.errors
    return got


def test_every_question_of_an_export_comes_in(export):
    assert [item.kind for item in export.items] == [
        "single",
        "multiple",
        "true_false",
        "matching",
        "numeric",
        "short_text",
        "essay",
        "ordering",
    ]
    assert {item.category for item in export.items} == {("Safeguarding", "Children")}
    assert [item.line for item in export.items][:2] == [15, 64]


def test_types_we_lack_are_named_and_left_out(export):
    said = [remark.reason for remark in export.skipped]
    named = zip(said, ("About England", "cloze", "calculatedsimple", "ddwtos"), strict=True)
    assert all(name in reason for reason, name in named)


def test_single_choice_with_its_picture(export):
    item = export.items[0]
    assert item.stem == "A child tells you about harm.\n\nWhom do you tell?"
    assert (item.reference, item.points, item.option_order) == ("se-01", 2, "written")
    assert (item.explanation, item.nation) == ("Tell the lead & record.", "England")
    assert [(o.text, o.is_correct, o.feedback) for o in item.options] == [
        ("The safeguarding lead", True, "The same day."),
        ("Nobody", False, ""),
    ]
    assert (item.picture.name, item.picture.alt) == ("two people.png", "Two people talking")
    assert item.picture.content == png()


def test_several_answers(export):
    item = export.items[1]
    assert item.stem == "Good records are...\n(choose all)"
    assert (item.points, item.reference, item.is_partial) == (1, "", True)
    assert [(o.is_correct, o.weight) for o in item.options] == [
        *[(True, None)] * 3,
        (False, Decimal(0)),
    ]


def test_true_stands_first_wherever_the_file_has_it(export):
    assert [(o.text, o.is_correct, o.feedback) for o in export.items[2].options] == [
        ("True", False, "No."),
        ("False", True, "Never."),
    ]


def test_the_other_types(export):
    pairs, number, words_, essay, order = export.items[3:]
    assert [(o.text, o.match) for o in pairs.options] == [
        ("Danger", "999"),
        ("Worry", "the <council>"),
        ("", "the chair"),
    ]
    assert [(o.text, o.tolerance) for o in number.options] == [("18", Decimal("0.5"))]
    assert [(o.text, o.weight) for o in words_.options] == [("999", None), ("11*", Decimal(50))]
    assert words_.is_case_sensitive
    assert essay.guidance == "Listens, tells, records."
    assert [o.text for o in order.options] == ["Listen", "Write", "Tell"]


def test_what_is_simplified_is_noted(export):
    said = " ".join(note.reason for note in export.notes)
    for reason in (
        shown.MORE_PICTURES,
        reader.POINTS,
        reader.WHOLE_FEEDBACK,
        reader.HINTS,
        moodle.NOT_A_REFERENCE,
        moodle.CATCH_ALL,
        moodle.UNITS,
        kinds.BY_NEIGHBOURS,
    ):
        assert reason in said


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('<!DOCTYPE q [<!ENTITY a "b">]>\n<quiz/>', 1, tree.DECLARES),
        ('<?xml version="1.0"?>\n\n<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz/>', 3, "DOC"),
        ("<quiz>\n<question>\n</quiz>", 3, "well-formed"),
        ("<html><body/></html>", 1, "not Moodle's"),
        ("<quiz>" + "<a>" * 50, 1, tree.TOO_DEEP),
        ("<quiz></quiz>", 1, "no questions"),
        (QUESTION.format(type="multichoice", more=answers(100, 100)), 1, "Only one answer"),
        (QUESTION.format(type="multichoice", more=answers(0, 50)), 1, "none is marked yet"),
        (QUESTION.format(type="multichoice", more=answers("lots", 100)), 1, "not a number"),
        (QUESTION.format(type="multichoice", more=answers(100, -1000)), 1, "does not fit weight"),
        (QUESTION.format(type="truefalse", more=answers(100)), 1, "exactly two"),
        (QUESTION.format(type="numerical", more=answers(0)), 1, "Add the number"),
        (QUESTION.format(type="matching", more=""), 1, "Add pairs"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_line(text, line, reason):
    got = found(text)
    assert (got.errors[0].line, reason in got.errors[0].reason) == (line, True)


def test_a_question_that_has_too_many_answers_is_refused_at_once():
    text = QUESTION.format(type="multichoice", more=answers(*[0] * 200))
    assert "more than 100 answers" in found(text).errors[0].reason


def test_a_file_that_is_no_picture_is_left_out_with_a_note():
    stem = '&lt;img src="@@PLUGINFILE@@/a.png"&gt;Why?'
    file = '<file name="a.png" path="/" encoding="base64">bm90aGluZw==</file>'
    text = QUESTION.replace("Why?</text>", f"{stem}</text>{file}")
    got = found(text.format(type="essay", more=""))
    assert got.items[0].picture is None
    assert shown.NOT_A_PICTURE in [note.reason for note in got.notes]


def test_an_older_encoding_is_read_as_declared():
    text = '<?xml version="1.0" encoding="iso-8859-2"?>' + QUESTION.format(type="essay", more="")
    got = read(text.replace("Why?", "Dlaczego właśnie?").encode("iso-8859-2"), "moodle_xml")
    assert got.items[0].stem == "Dlaczego właśnie?"


def test_a_missing_explanation_makes_a_draft():
    got = found(QUESTION.format(type="essay", more=""))
    reasons = [note.reason for note in got.notes]
    assert [reason.startswith("It comes in as a draft.") for reason in reasons] == [True, True]
