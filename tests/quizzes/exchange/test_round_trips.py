"""What is written and read again is the same, as far as the format can say it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.exchange.formats import WRITERS, left_out, read, write
from quizzes.exchange.items import Item, OptionItem, Picture, StepItem
from tests.quizzes.exchange.bank import single
from tests.quizzes.exchange.strategies import PNG, anything, items, pictured


def several(strategy):
    return st.lists(strategy, min_size=1, max_size=2, unique_by=lambda item: item.reference)


def again(questions, name):
    assert left_out(questions, name) == []
    got = read(write(questions, name), name)
    assert got.errors == []
    came_back = [replace(item, line=0) for item in got.items]
    assert not [one for one, other in zip(questions, came_back, strict=True) if one != other]


@settings(max_examples=25)
@given(several(items()))
def test_gift(questions):
    again(questions, "gift")


@settings(max_examples=25)
@given(several(pictured()))
def test_moodle_xml(questions):
    again(questions, "moodle_xml")


@settings(max_examples=25)
@given(several(anything()))
def test_our_own_json(questions):
    again(questions, "json")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("right", ["True", "False"])
def test_what_is_right_stays_right_though_false_is_written_first(name, right):
    false, true = (OptionItem(text, text == right, feedback=text) for text in ("False", "True"))
    statement = Item("true_false", "Is it?", (false, true), reference="tf-1")
    story = Item("scenario", "Then?", steps=(StepItem(statement), StepItem(single())))
    for item in read(write([statement, *([story] if name == "json" else [])], name), name).items:
        asked = item.steps[0].question if item.steps else item
        assert asked.options == (true, false)


def test_items_to_put_in_order_may_look_like_comments_and_categories():
    texts = ("// Listen", "$CATEGORY: Write", "&#47;/ Tell", "& wait", "&#38;", "&#36", "//")
    row = Item("ordering", "In which order?", tuple(map(OptionItem, texts)), reference="row-1")
    assert b"// [id:row-1]" in write([row], "gift")
    for name in WRITERS:
        again([row, single(2, line=0)], name)


def test_a_short_text_that_gift_would_take_for_matching_is_left_out_and_told():
    arrow = Item("short_text", "How?", (OptionItem("a->b"),), reference="text-1")
    assert "Short text" in left_out([arrow], "gift")[0]
    assert [item.reference for item in read(write([arrow, single()], "gift"), "gift").items] == [
        "q-1"
    ]


def test_formats_are_told_apart_by_what_they_hold():
    question = [Item("single", "Who?", (OptionItem("I"), OptionItem("You", is_correct=False)))]
    for name in ("gift", "moodle_xml", "json"):
        assert [i.stem for i in read(write(question, name), None, "a.txt").items] == ["Who?"]
    assert "Choose it by hand" in read(b"Who?", None, "a.txt").errors[0].reason


def test_line_ends_of_a_browser_are_written_as_others():
    question = [Item("essay", "One\r\ntwo\x0b", explanation="Three\rfour")]
    for name in ("gift", "moodle_xml"):
        item = read(write(question, name), name).items[0]
        assert (item.stem, item.explanation) == ("One\ntwo", "Three\nfour")


@pytest.mark.parametrize(
    ("item", "gift", "xml"),
    [
        (Item("scenario", "A", steps=(StepItem(Item("essay", "B")),)), "Scenarios", "Scenarios"),
        (Item("essay", "A", picture=Picture("a.png", PNG)), "Pictures", None),
        (Item("essay", "A", guidance="B"), "marker", None),
        (Item("ordering", "A", explanation="B"), "Explanations", None),
        (Item("matching", "A", (OptionItem("a", feedback="b"),)), "Feedback", "Feedback"),
        (Item("short_text", "A", (OptionItem("a->b"),)), "Short text", None),
    ],
)
def test_what_a_format_cannot_say_is_told_beforehand(item, gift, xml):
    for name, expected in (("gift", gift), ("moodle_xml", xml), ("json", None)):
        told = left_out([item], name)
        assert len(told) == (expected is not None)
        assert all(expected in reason for reason in told)
