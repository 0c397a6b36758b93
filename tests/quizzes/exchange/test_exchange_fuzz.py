"""Whatever the bytes, a reader answers: never an exception, never for ever."""

from base64 import b64encode
from random import Random

import pytest

from quizzes.exchange.formats import FORMATS, read
from tests.quizzes.exchange.damage import check, mutated, pieces_of

CASES = 2_200  # of each format


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
