"""A text in Moodle XML: its format, and the pictures that came with it."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from quizzes.exchange.items import Picture
from quizzes.exchange.markup import HTML, MARKDOWN, MOODLE, PLAIN, to_plain
from quizzes.exchange.moodle import PICTURE, plain

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.moodle_xml.tree import Node

MARKUPS = {
    "html": HTML,
    "moodle_auto_format": MOODLE,
    "plain_text": PLAIN,
    "markdown": MARKDOWN,
    "wiki_like": MOODLE,
}
PLUGINFILE = "@@PLUGINFILE@@/"
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
MORE_PICTURES = "A question has one picture here: the others are left out."
NOT_A_PICTURE = "A file that is no PNG, JPEG, GIF or WebP picture is left out."


@dataclass(slots=True)
class Words:
    """Reads the texts of one question. A text that names no format has the question's."""

    line: int
    into: Gathering
    markup: str = HTML

    def plain(self, node: Node, default: str = "") -> str:
        """Return the plain text of a node."""
        return plain(node.words, self._markup(node, default), self.line, self.into)

    def question(self, node: Node) -> tuple[str, Picture | None]:
        """Return the text of the question and its first picture."""
        self.markup = self._markup(node, HTML)
        found = to_plain(node.words, self.markup)
        for note in found.notes:
            self.into.note(self.line, note)
        return found.text, self._first(node, found.pictures)

    def _first(self, node: Node, shown: list[tuple[str, str]]) -> Picture | None:
        """Return the first picture that came with the text; only that one is looked into."""
        files = {PLUGINFILE + _name(file): file for file in node.all("file")}
        here = [(files[a], alt) for address, alt in shown if (a := _address(address)) in files]
        if len(here) < len(shown):
            self.into.note(self.line, PICTURE)
        if not here:
            return None
        if here[1:]:
            self.into.note(self.line, MORE_PICTURES)
        file, alt = here[0]
        content = _decoded(file.text)
        if not content.startswith(BEGINNINGS):
            self.into.note(self.line, NOT_A_PICTURE)
            return None
        return Picture(file.attributes.get("name", "picture"), content, alt)

    def _markup(self, node: Node, default: str) -> str:
        return MARKUPS.get(node.attributes.get("format", "").strip(), default or self.markup)


def _address(source: str) -> str:
    return unquote(source.partition("?")[0])


def _name(file: Node) -> str:
    folder = file.attributes.get("path", "/").strip("/")
    name = file.attributes.get("name", "")
    return f"{folder}/{name}" if folder else name


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return b""
