"""GIFT, as Moodle and as people write it."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizzes.exchange import gathering
from quizzes.exchange.formats import read, write
from quizzes.exchange.moodle import CATCH_ALL, JOINED
from quizzes.exchange.stripping import FORMATTING
from quizzes.exchange.tags import NOT_KEPT

EXPORT = Path(__file__).with_name("moodle_export.gift")


def found(text):
    return read(text.encode(), "gift")


def only(text):
    got = found(text)
    assert not got.errors
    return got.items[0]


@pytest.fixture(scope="module")
def export():
    got = read(EXPORT.read_bytes(), None, "questions.txt")
    assert not got.errors
    return got


def test_every_question_of_an_export_comes_in_with_its_line(export):
    assert [(item.kind, item.line) for item in export.items] == [
        ("single", 7),
        ("multiple", 16),
        ("true_false", 24),
        ("true_false", 28),
        ("numeric", 32),
        ("numeric", 40),
        ("matching", 44),
        ("short_text", 52),
        ("essay", 60),
        ("ordering", 69),
        ("single", 79),
    ]
    assert [remark.line for remark in export.skipped] == [64]
    assert "The next questions are about England" in export.skipped[0].reason


def test_single_choice(export):
    item = export.items[0]
    assert item.stem == "A child tells you about harm. Whom do you tell?"
    assert (item.reference, item.category) == ("se-01", ("Safeguarding", "Children / young people"))
    assert item.explanation == "Tell & record.\n\n- today\n- in their words"
    first, second, third = item.options
    assert (first.text, first.is_correct, first.weight) == ("The safeguarding lead", True, None)
    assert first.feedback == "Yes: the same day."
    assert (second.is_correct, second.weight) == (False, Decimal(50))
    assert (third.text, third.weight) == ("Nobody\n(yet)", None)


def test_several_answers_and_every_escape(export):
    item = export.items[1]
    assert item.stem == "Good records are: (2 = two answers {both})..."
    assert [option.is_correct for option in item.options] == [True, True, False]
    assert [option.weight for option in item.options] == [None, None, Decimal(-100)]
    assert item.options[2].feedback == "C:\\notes is no place~ for them"
    assert item.is_partial


def test_true_and_false(export):
    true, false = export.items[2], export.items[3]
    assert true.stem == "In England, a child is anyone under 18."
    assert [(o.text, o.is_correct, o.feedback) for o in true.options] == [
        ("True", True, "Yes."),
        ("False", False, "It is 18."),
    ]
    assert true.explanation == "Children Act 1989."
    assert [(o.text, o.is_correct) for o in false.options] == [("True", False), ("False", True)]


def test_numbers(export):
    exact, span = export.items[4], export.items[5]
    assert [(o.text, o.tolerance, o.weight) for o in exact.options] == [
        ("18", None, None),
        ("17", Decimal("0.5"), Decimal(50)),
    ]
    assert [(o.text, o.tolerance) for o in span.options] == [("3", Decimal(2))]
    assert span.explanation == "Any."


def test_pairs_words_essays_and_order(export):
    pairs, words, essay, order = export.items[6:10]
    assert [(o.text, o.match) for o in pairs.options] == [
        ("Immediate danger", "999"),
        ("Worry about a child", "the council"),
        ("", "the chair"),
    ]
    assert [(o.text, o.is_correct, o.weight) for o in words.options] == [
        ("999", True, None),
        ("112", True, Decimal(50)),
        ("*", False, None),
    ]
    assert essay.explanation == "Many answers are good."
    assert [o.text for o in order.options] == [
        "Listen: do not judge",
        "Write it down",
        "Tell the lead",
    ]
    assert (order.reference, order.is_partial) == ("order-1", True)


def test_a_missing_word_and_a_deep_category(export):
    item = export.items[10]
    assert item.stem == "The council has _____ to make enquiries."
    assert item.category == ("Law", "England / Adults / Care")


def test_what_is_simplified_is_noted_once_with_its_lines(export):
    notes = {note.reason: note.line for note in export.notes}
    assert notes[JOINED] == 77
    assert notes[CATCH_ALL] == 32
    assert notes[NOT_KEPT] == 7
    assert any(reason.startswith(FORMATTING) for reason in notes)
    drafts = next(reason for reason in notes if "write an explanation" in reason)
    assert "Also lines 28, 32" in drafts


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Is it?\n{=yes\n\n~no}", 1, "brace is missing"),
        ("// about\n\nIs it? {=yes ~no} or {=this}", 3, "Braces stand twice"),
        ("Is it? {=yes =also ~no}", 1, "Only one answer can be right"),
        ("Is it? {~yes ~no}", 1, "none is marked yet"),
        ("Is it? {~%100%yes}", 1, "at least two"),
        ("Is it? {perhaps ~yes =no}", 1, "stands before the first answer"),
        ("Is it? {=a -> b =c}", 1, "goes with nothing"),
        ("Is it? {#old}", 1, "not a number"),
        ("Is it? {#1e99}", 1, "not a number"),
        ("Is it? {#}", 1, "Add the number"),
        ("{=yes ~no}", 1, "only answers"),
        ("Is it? {=yes#" + "y" * 20_001 + " ~no}", 1, "20,001 characters long"),
        ("// [id:a-1]\nA? {T}\n\n// [id:a-1]\nB? {T}", 5, "reference of the question on line 2"),
        ("$CATEGORY: a\n// [id:1]\nA? {T}\n\n// [id:1]\nB? {T}", 6, "on line 3"),
        ("$CATEGORY: " + "c" * 121 + "\nA? {T}", 2, "121 characters long"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_remedy(text, line, reason):
    got = found(text)
    assert (got.errors[0].line, reason in got.errors[0].reason) == (line, True)


def test_long_answers_and_feedback_come_in_and_only_what_is_too_long_is_left_out():
    long, longer = "y" * 1_000, "z" * 1_001
    bodies = (f"={long}#{longer} ~no", f"={longer} ~no", f"=a -> {longer} =b -> c")
    got = found("\n\n".join(f"Which? {{{body}}}" for body in bodies))
    assert [(o.text, o.feedback) for o in got.items[0].options] == [(long, longer), ("no", "")]
    assert [(one.line, "1,001 characters long" in one.reason) for one in got.skipped] == [
        (3, True),
        (5, True),
    ]
    assert (len(got.items), got.errors) == (1, [])


def test_text_that_only_looks_like_markup_stays():
    item = only("[plain]Is 3 < 5 && <b>? {=[html]a &lt; b ~a -> b\\, <i>}")
    assert item.stem == "Is 3 < 5 && <b>?"
    assert [option.text for option in item.options] == ["a < b", "a -> b\\, <i>"]


def test_true_is_read_however_it_is_written():
    assert [only(f"Is it? {{{word}}}").kind for word in ("T", "true", "False#no")] == [
        "true_false"
    ] * 3
    assert only("Is it? {=T}").kind == "short_text"


def test_a_name_is_a_reference_only_if_it_looks_like_one():
    assert only("::se-01::Is it? {T}").reference == "se-01"
    assert only("::Question 1::Is it? {T}").reference == ""
    twice = found("::se-01::Is it? {T}\n\n::se-01::Was it? {T}")
    assert [item.reference for item in twice.items] == ["se-01", ""]
    assert not twice.errors


def test_an_id_holds_in_its_category_only():
    got = found("$CATEGORY: a\n// [id:1]\nA? {T}\n\n$CATEGORY: b\n// [id:1]\nB? {T}")
    assert [(item.reference, item.category) for item in got.items] == [("1", ("a",)), ("", ("b",))]
    assert got.errors == []
    assert any("“1” is also the ID of the question on line 3" in n.reason for n in got.notes)


def test_windows_files_come_in_with_a_note():
    got = read("What is £5?\r\n{=“a fiver” ~café}\r\n".encode("windows-1252"), "gift")
    assert [option.text for option in got.items[0].options] == ["“a fiver”", "café"]
    assert "Windows-1252" in got.notes[0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_come_in_without_a_note(encoding):
    got = read("Beth yw tŷ? {=House#Ŵ ~Tree####€}".encode(encoding), "gift")
    assert (got.items[0].stem, got.notes) == ("Beth yw tŷ?", [])


def test_a_text_that_is_none_is_refused_with_its_line():
    got = read(b"A? {T}\n\nB\x00? {T}", "gift")
    assert [(error.line, got.items) for error in got.errors] == [(3, [])]


def test_what_moodle_has_no_word_for_travels_in_tags():
    text = "// [tag:nation: Wales] [tag:points: 3] [tag:keep in place: 2]\nIs it? {=a ~all}"
    item = only(text)
    assert (item.nation, item.points) == ("Wales", 3)
    assert [option.is_pinned for option in item.options] == [False, True]
    assert b"[tag:nation: Wales]" in write([item], "gift")


def test_thousands_of_questions_are_too_many_and_said_so(monkeypatch):
    monkeypatch.setattr(gathering, "MOST_QUESTIONS", 10)
    got = found("A? {T}\n\n" * 11)
    assert len(got.items) == 10
    assert "more than 10,000" in got.errors[0].reason
