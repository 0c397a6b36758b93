"""Good files of every format, and ways to damage them. The same ones every time."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from quizzes.exchange.formats import write
from quizzes.exchange.gathering import MOST_ERRORS, MOST_QUESTIONS
from quizzes.exchange.items import Found, Item, OptionItem, Picture, StepItem
from tests.quizzes.exchange.bank import PNG

HERE = Path(__file__).parent
# What formats are made of, parted by spaces.
MARKS = """{ } ~ = # #### -> % %% %50% %-9999999999% :: // $CATEGORY: [html] [plain] \\ \\n
< > <b <!-- --> <![CDATA[ ]]> &lt; &#0; &#99999999999; <text> </text> </question> <file> <!DOCTYPE
<?x?> " ' \\u0000 \\ud800 null true NaN 1e999 1E-999 [ ] { : , 99999999999999999999999999 -1 0 .5
1..2 3:4 1e5 ANSWER: A. B) \x00 \ufeff \ud7ff \uffff 🙂"""
PIECES = [*MARKS.split(), "\n", "\n\n", "\r\n", " "]
BYTES = (b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x81", b"\x00", b"\xc3", b"\x1a")
# A value in a file; others may stand there and the file stays well-formed.
VALUE = re.compile(rb'(?<=[: \[])"[^"]*"|(?<=[^\w.&])-?\d+(?:\.\d+)?(?!\w)|true|false|null')
NUMBERS = (b"0", b"-1", b"1", b"150", b"40000", b"999999", b"1" + b"0" * 30, b"1e3", b"0.0000001")
WORDS = (b"", b"x" * 130, b"x" * 1_001, b"a\\u0000", b" ", "ŵ🙂".encode(), b"2026-02-30", b"a b/c")

QUIZ = b"""[
{"model": "quiz.question", "pk": 1, "fields": {"content": "Is it?", "quiz": [7]}},
{"model": "true_false.tf_question", "pk": 1, "fields": {"correct": true}},
{"model": "quiz.quiz", "pk": 7, "fields": {"title": "A", "url": "a", "category": null,
"description": "All", "max_questions": 2, "pass_mark": 80, "fail_text": "Again", "draft": false}}
]"""
QUESTION = Item("single", "Who?", (OptionItem("I"), OptionItem("You", is_correct=False)))
OTHER = Item("numeric", "How many?", (OptionItem("2"),))
SCENARIO = Item("scenario", "Then?", steps=(StepItem(QUESTION), StepItem(OTHER, "And")))
PICTURED = Item("essay", "See?", picture=Picture("a.png", PNG, "Two"))


def pieces_of(name):
    """Return good files of a format: small ones, so that many cases take little time."""
    if name == "gift":
        return [part.encode() for part in (HERE / "moodle_export.gift").read_text().split("\n\n\n")]
    if name == "moodle_xml":
        text = (HERE / "moodle_export.xml").read_text().replace("PICTURE", b64encode(PNG).decode())
        questions = text.split("<question ")[1:]
        return [f"<quiz><question {part.split('</quiz>')[0]}</quiz>".encode() for part in questions]
    if name == "django_quiz":
        return [(HERE / "django_quiz.json").read_bytes()]
    if name == "aiken":
        return [b"Who?\nA. I\nB. You\nANSWER: A\n", b"Who?\n\nA) I\nB) You\n\nANSWER: B"]
    return [write([QUESTION, SCENARIO], "json"), write([PICTURED], "json")]


def mutated(content, random):
    """Return the bytes with a few things gone, doubled or put in."""
    for _ in range(random.randint(1, 4)):
        place, length = random.randint(0, len(content)), random.choice((0, 1, 1, 5, 40))
        rest = content[place + length :]
        match random.randint(0, 4):
            case 0:
                put = random.choice(BYTES)
            case 1:
                put = content[place : place + length] * 2
            case 2 if length == 40:
                put, rest = b"", b""
            case _:
                piece = random.choice(PIECES) * random.choice((1, 1, 1, 3, 200))
                put = piece.encode("utf-8", "surrogatepass")
        content = content[:place] + put + rest
    return content


def with_another_value(content, random):
    """Return the bytes with one value that is another, of its own sort or not."""
    found = list(VALUE.finditer(content))
    if not found:
        return content
    place = random.choice(found)
    put = random.choice(_others(place[0]))
    return content[: place.start()] + put + content[place.end() :]


def with_each_other_value(content, after):
    """Yield the bytes with every value after this place in turn as every other."""
    for place in VALUE.finditer(content, content.index(after) + len(after)):
        for put in _others(place[0]):
            yield content[: place.start()] + put + content[place.end() :]


def _others(value):
    words = [b'"' + word + b'"' for word in WORDS] if value[:1] == b'"' else [b"true"]
    return [*words, *NUMBERS, b"null"]


def check(found):
    assert isinstance(found, Found)
    assert found.items or found.errors or found.skipped
    assert len(found.errors) <= MOST_ERRORS + 1
    assert len(found.items) <= MOST_QUESTIONS
    for remark in (*found.errors, *found.notes, *found.skipped):
        assert remark.line >= 1
        assert 0 < len(remark.reason) < 1_000
