"""Reading takes memory in proportion to the file, and a file has a largest size."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from quizzes.exchange import formats
from quizzes.exchange.formats import FORMATS, MOST_BYTES, read, write
from quizzes.exchange.items import Item, OptionItem

if TYPE_CHECKING:
    from collections.abc import Callable

# Of its size. One letter that is rare makes Python hold every other one in four bytes, and while a
# step makes the next text of one, both are there.
MOST_TIMES = 16
QUESTIONS = 1_000
STEM = "word " * 3_800 + "🙂"


def large(name: str) -> bytes:
    """A file of questions that is nearly as large as is allowed."""
    if name == "aiken":
        return f"{STEM}\nA. Yes\nB. No\nANSWER: A\n\n".encode() * QUESTIONS
    if name == "django_quiz":
        fields = {"content": STEM, "explanation": "Because.", "quiz": []}
        rows = [
            {"model": model, "pk": pk, "fields": more}
            for pk in range(QUESTIONS)
            for model, more in (("quiz.question", fields), ("essay.essay_question", {}))
        ]
        return json.dumps(rows, ensure_ascii=False).encode()
    options = (OptionItem("Yes"), OptionItem("No", is_correct=False))
    return write([Item("single", STEM, options)] * QUESTIONS, name)


def peak_of(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", FORMATS)
def test_a_large_file_takes_a_stated_multiple_of_its_size(name: str) -> None:
    content = large(name)
    assert 0.9 * MOST_BYTES < len(content) <= MOST_BYTES
    found = []
    peak = peak_of(lambda: found.append(read(content, name)))
    assert (len(found[0].items), found[0].errors) == (QUESTIONS, [])
    assert peak < MOST_TIMES * len(content)


@pytest.mark.parametrize("name", [*FORMATS, None])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(name: str | None) -> None:
    content = bytes(MOST_BYTES + 1)
    found = []
    peak = peak_of(lambda: found.append(read(content, name)))
    assert [error.reason for error in found[0].errors] == [formats.TOO_BIG]
    assert peak < MOST_BYTES / 100
