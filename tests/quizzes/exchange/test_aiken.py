"""Aiken files."""

import pytest

from quizzes.exchange.formats import read

FILE = """\
Whom do you tell?
A. The safeguarding lead
B. Nobody
C. Everybody
ANSWER: A

A child is anyone
under...

A) 16
B) 18
answer: b
Is there an end? (Yes.)
a. Yes
b. No
ANSWER: A.
"""


def test_questions_come_in_as_drafts():
    got = read(FILE.encode("utf-8-sig"), None, "quiz.txt")
    assert [(item.kind, item.stem, item.line) for item in got.items] == [
        ("single", "Whom do you tell?", 1),
        ("single", "A child is anyone\nunder...", 7),
        ("single", "Is there an end? (Yes.)", 13),
    ]
    assert [[o.text for o in item.options if o.is_correct] for item in got.items] == [
        ["The safeguarding lead"],
        ["18"],
        ["Yes"],
    ]
    assert not got.errors
    assert "(Also lines 7, 13.)" in got.notes[0].reason


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Who?\nA. One\nB. Two\nANSWER: C", 4, "They are A, B."),
        ("Who?\nA. One\nB. Two\n", 4, "no line such as ANSWER"),
        ("Who?\nANSWER: A", 2, "without answers above"),
        ("Who?\nA. One\nA. Two\nANSWER: A", 3, "The answer A is there twice"),
        ("A. One\nB. Two\nANSWER: A", 1, "Answers without a question"),
        ("Who?\nA. One\nmore\nB. Two\nANSWER: A", 3, "“more” stands among the answers"),
        ("Who?\nA. One\nANSWER: A", 1, "at least two"),
        ("Who?\nA. One\nB.\nANSWER: A", 1, "Write something in every answer"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, reason):
    got = read(text.encode(), "aiken")
    assert (got.errors[0].line, reason in got.errors[0].reason) == (line, True)
