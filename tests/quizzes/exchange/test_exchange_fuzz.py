"""Whatever the bytes, a reader answers: never an exception, never for ever."""

from base64 import b64encode
from pathlib import Path
from random import Random

import pytest

from quizzes.exchange.formats import FORMATS, read, write
from quizzes.exchange.gathering import MOST_ERRORS, MOST_QUESTIONS
from quizzes.exchange.items import Found, Item, OptionItem, Picture, StepItem

HERE = Path(__file__).parent
CASES = 2_200  # of each format
# What formats are made of, parted by spaces.
MARKS = """{ } ~ = # #### -> % %% %50% %-9999999999% :: // $CATEGORY: [html] [plain] \\ \\n
< > <b <!-- --> <![CDATA[ ]]> &lt; &#0; &#99999999999; <text> </text> </question> <file> <!DOCTYPE
<?x?> " ' \\u0000 \\ud800 null true NaN 1e999 1E-999 [ ] { : , 99999999999999999999999999 -1 0 .5
1..2 3:4 1e5 ANSWER: A. B) \x00 \ufeff \ud7ff \uffff 🙂"""
PIECES = [*MARKS.split(), "\n", "\n\n", "\r\n", " "]
BYTES = (b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x81", b"\x00", b"\xc3", b"\x1a")

QUESTION = Item("single", "Who?", (OptionItem("I"), OptionItem("You", is_correct=False)))
SCENARIO = Item("scenario", "Then?", steps=(StepItem(QUESTION), StepItem(QUESTION, "And")))
PICTURED = Item("essay", "See?", picture=Picture("a.png", b"\x89PNG\r\n\x1a\n", "Two"))


def pieces_of(name):
    """Return good files of a format: small ones, so that many cases take little time."""
    if name == "gift":
        return [part.encode() for part in (HERE / "moodle_export.gift").read_text().split("\n\n\n")]
    if name == "moodle_xml":
        text = (HERE / "moodle_export.xml").read_text().replace("PICTURE", "iVBORw0KGgo=")
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


def check(found):
    assert isinstance(found, Found)
    assert found.items or found.errors or found.skipped
    assert len(found.errors) <= MOST_ERRORS + 1
    assert len(found.items) <= MOST_QUESTIONS
    for remark in (*found.errors, *found.notes, *found.skipped):
        assert remark.line >= 1
        assert 0 < len(remark.reason) < 1_000


@pytest.mark.parametrize("name", FORMATS)
def test_files_that_were_damaged(name):
    random = Random(name)  # noqa: S311 (the same ones every time)
    good = pieces_of(name)
    for _ in range(CASES):
        check(read(mutated(random.choice(good), random), name))


@pytest.mark.parametrize("name", [*FORMATS, None])
def test_bytes_by_chance(name):
    random = Random(str(name))  # noqa: S311
    for _ in range(100):
        check(read(random.randbytes(random.randint(0, 300)), name))


def test_good_files_taken_for_another_format():
    for good in FORMATS:
        for content in pieces_of(good):
            for name in FORMATS:
                check(read(content, name))
            for encoding in ("utf-16", "utf-8-sig", "utf-32"):
                check(read(content.decode().encode(encoding), good))


START = '{"format": "duty-of-care-questions", "version": 1, "items": ['
XML = "<quiz><question type='multichoice'>"
LARGE = {
    "gift": [
        "{" * 300_000,
        "a{>\n" * 100_000,
        "a{" + "~=" * 100_000 + "}",
        "a{=" + "####" * 100_000 + "}",
        "// [tag:" * 50_000 + "\na {T}",
        "// [id:a]\n" * 50_000 + "a {T}",
        "a{#" + "9" * 200_000 + "}",
        "::" * 200_000,
        "\\" * 300_001,
        "$CATEGORY: " + "/a" * 100_000 + "\na {T}",
        "a{~%" + "9" * 200_000 + "%}",
        "[html]" + "<ul><li>" * 30_000 + "{T}",
        "[markdown]" + "[" * 200_000 + "{T}",
    ],
    "moodle_xml": [
        "<quiz>" + "<a>" * 100_000,
        XML + "<answer/>" * 50_000 + "</question></quiz>",
        XML + "<tags>" + "<tag/>" * 50_000 + "</tags></question></quiz>",
        XML
        + "<questiontext><text>"
        + "&lt;img src='@@PLUGINFILE@@/a'>" * 10_000
        + "</text>"
        + "<file name='a'>QQ==</file>" * 10_000
        + "</questiontext></question></quiz>",
        "<quiz " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>",
        "<quiz>" + "<question type='x'/>" * 12_000 + "</quiz>",
    ],
    "aiken": ["A. b\n" * 50_000, "ANSWER: A\n" * 50_000, "a\n" * 200_000],
    "django_quiz": ["[" * 300_000, "[" + "{}," * 50_000, "[" + "\n" * 300_000],
    "json": [START + "[" * 300_000, START + "{}," * 50_000, START + "\n" * 300_000],
}


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n, texts in LARGE.items() for text in texts]
)
def test_large_files_that_mean_harm(name, text):
    check(read(text.encode(), name))


def test_files_that_are_too_large_are_not_even_looked_at():
    content = b64encode(bytes(16 * 1024 * 1024))
    assert "larger than 20 MB" in read(content, "gift").errors[0].reason
