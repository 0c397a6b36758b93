"""Pictures inside texts, answers that are pictures, and tolerances finer than ours."""

from base64 import b64encode
from decimal import Decimal
from html import escape

import pytest

from quizzes.exchange import moodle, shown
from quizzes.exchange.formats import read
from tests.quizzes.exchange.bank import PNG

EMBEDDED = f'<img src="data:image/png;base64,{b64encode(PNG).decode()}" alt="A dot">'
ADDRESS = '<img src="https://moodle.example/dot.png" alt="A dot">'
BESIDE = '<img src="@@PLUGINFILE@@/dot.png" alt="A dot">'
GIF = EMBEDDED.replace("image/png", "image/gif")
ONE = '<answer fraction="100"><text>Yes</text></answer><answer><text>No</text></answer>'


def xml(stem="Why?", kind="multichoice", answers=ONE):
    question = f"<questiontext format='html'><text>{escape(stem)}</text></questiontext>"
    words = f"<quiz><question type='{kind}'>{question}{answers}</question></quiz>"
    return read(words.encode(), "moodle_xml")


def gift(stem, answers="=Yes ~No"):
    marked = "".join("\\" + char if char in "=:#{}~" else char for char in stem)
    return read(f"[html]{marked} {{{answers}}}".encode(), "gift")


def notes(got):
    return {note.reason for note in got.notes if "draft" not in note.reason}


@pytest.mark.parametrize("reader", [xml, gift])
@pytest.mark.parametrize("image", [EMBEDDED, GIF, EMBEDDED.replace('=" alt', '%3D" alt')])
def test_a_picture_inside_the_question_is_its_picture(reader, image):
    got = reader(f"<p>Look. {image} Why?</p>")
    item = got.items[0]
    assert (item.stem, got.errors, notes(got)) == ("Look. Why?", [], set())
    assert (item.picture.name, item.picture.content, item.picture.alt) == (
        "picture.png",
        PNG,
        "A dot",
    )


@pytest.mark.parametrize("reader", [xml, gift])
@pytest.mark.parametrize(
    ("image", "note"),
    [
        (EMBEDDED * 2, shown.MORE_PICTURES),
        (EMBEDDED + ADDRESS, shown.NOT_IN_FILE),
        (ADDRESS, shown.NOT_IN_FILE),
        (BESIDE, shown.NOT_IN_FILE),
        ('<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="A dot">', shown.NOT_A_PICTURE),
        ('<img src="data:image/png,plain" alt="A dot">', shown.NOT_A_PICTURE),
        ('<img src="data:image/png;base64,?" alt="A dot">', shown.NOT_A_PICTURE),
    ],
)
def test_a_picture_that_does_not_come_in_is_told_truly(reader, image, note):
    got = reader(f"Why? {image}")
    assert (got.items[0].stem, got.errors, notes(got)) == ("Why?", [], {note})
    assert (got.items[0].picture is not None) == (EMBEDDED in image)


def test_a_picture_beside_the_words_of_an_answer_or_in_an_explanation_is_told_truly():
    image = escape(EMBEDDED)
    why = f"<generalfeedback><text>{image}</text></generalfeedback>"
    for got in (xml(answers=ONE.replace("Yes", f"Yes {image}")), xml(answers=ONE + why)):
        assert (got.items[0].options[0].text, got.errors) == ("Yes", [])
        assert notes(got) == {moodle.PICTURE}


def test_a_picture_as_an_answer_is_told_by_its_description():
    answers = f"<answer fraction='100'><text>{escape(EMBEDDED)}</text></answer>"
    got = xml(answers=answers + "<answer><text>No</text></answer>")
    assert [option.text for option in got.items[0].options] == ["A dot", "No"]
    assert (got.errors, notes(got)) == ([], {moodle.DESCRIBED})


@pytest.mark.parametrize("kind", ["multichoice", "ordering"])
def test_a_picture_as_an_answer_without_a_description_leaves_its_question_out(kind):
    image = escape(BESIDE.replace("A dot", ""))
    answers = f"<answer fraction='100'><text>{image}</text></answer>"
    got = xml(kind=kind, answers=answers + "<answer><text>No</text></answer>")
    assert (got.items, got.errors) == ([], [])
    assert [remark.reason for remark in got.skipped] == [moodle.BARE_PICTURE]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1.0E-7", None), ("0.0000001", None), ("0.0000015", "0.000002"), ("0.1234567", "0.123457")],
)
def test_a_tolerance_finer_than_ours_is_rounded_and_quoted_as_the_file_has_it(written, kept):
    answer = f"<answer fraction='100'><text>3.14</text><tolerance>{written}</tolerance></answer>"
    for got in (xml(kind="numerical", answers=answer), gift("Pi?", f"#3.14:{written}")):
        assert got.errors == []
        assert [o.tolerance for o in got.items[0].options] == [kept and Decimal(kept)]
        assert [written in note for note in notes(got)] == [True]


def test_a_tolerance_we_can_keep_is_kept_without_a_word():
    got = gift("Pi?", "#3.14:0.000001 =3:12.50")
    assert [o.tolerance for o in got.items[0].options] == [Decimal("0.000001"), Decimal("12.50")]
    assert notes(got) == set()
