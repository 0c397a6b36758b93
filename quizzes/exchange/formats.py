"""The way in and out: bytes to questions and back, in every format that is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizzes.exchange import aiken, django_quiz, json_format
from quizzes.exchange.detecting import guessed
from quizzes.exchange.encoding import UnreadableError, decoded
from quizzes.exchange.gathering import Enough, Gathering
from quizzes.exchange.gift import reader as gift_reader
from quizzes.exchange.gift import writer as gift_writer
from quizzes.exchange.leaving_out import left_out
from quizzes.exchange.moodle_xml import reader as xml_reader
from quizzes.exchange.moodle_xml import writer as xml_writer
from quizzes.exchange.true_first import true_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizzes.exchange.items import Found, Item

__all__ = ["ENDINGS", "FORMATS", "WRITERS", "left_out", "read", "write"]

MOST_BYTES = 20 * 1024 * 1024
TOO_BIG = "The file is larger than 20 MB. Split it."
UNKNOWN = "We cannot tell what format this is. Choose it by hand."
DECLARED = re.compile(rb"<\?xml[^>]{0,60}encoding=[\"']([A-Za-z0-9_-]{1,20})[\"']")

FORMATS = {
    "gift": "GIFT",
    "moodle_xml": "Moodle XML",
    "aiken": "Aiken",
    "django_quiz": "django-quiz-app (JSON)",
    "json": "JSON of this site, which loses nothing",
}
READERS: dict[str, Callable[[str, Gathering], None]] = {
    "gift": gift_reader.read,
    "moodle_xml": xml_reader.read,
    "aiken": aiken.read,
    "django_quiz": django_quiz.read,
    "json": json_format.read,
}
WRITERS: dict[str, Callable[[Iterable[Item]], str]] = {
    "gift": gift_writer.write,
    "moodle_xml": xml_writer.write,
    "json": json_format.write,
}
ENDINGS = {"gift": "gift", "moodle_xml": "xml", "json": "json"}


def read(content: bytes, format: str | None = None, name: str = "") -> Found:  # noqa: A002
    """Return what a file holds; without a format it is guessed. Mistakes are in the answer."""
    into = Gathering()
    try:
        _read(content, format, name, into)
    except Enough:
        pass
    except UnreadableError as unreadable:
        into.error(unreadable.line, str(unreadable))
    return into.finished()


def write(items: Iterable[Item], format: str) -> bytes:  # noqa: A002
    """Return a file with these questions, which are finished (`leaving_out.finished`)."""
    return WRITERS[format](map(true_first, items)).encode()


def _read(content: bytes, format: str | None, name: str, into: Gathering) -> None:  # noqa: A002
    if len(content) > MOST_BYTES:
        into.error(1, TOO_BIG)
        return
    declared = DECLARED.search(content[:200])
    file = decoded(content, declared=declared[1].decode() if declared else "")
    if file.note:
        into.note(1, file.note)
    format = format or guessed(file.text, name)  # noqa: A001
    if format is None:
        into.error(1, UNKNOWN)
        return
    READERS[format](file.text, into)
