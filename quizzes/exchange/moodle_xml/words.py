"""A text in Moodle XML: its format, and the pictures that came with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.exchange.markup import HTML, MARKDOWN, MOODLE, PLAIN, to_plain
from quizzes.exchange.moodle import answer, plain
from quizzes.exchange.shown import first_picture

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.items import Picture
    from quizzes.exchange.moodle_xml.tree import Node

MARKUPS = {
    "html": HTML,
    "moodle_auto_format": MOODLE,
    "plain_text": PLAIN,
    "markdown": MARKDOWN,
    "wiki_like": MOODLE,
}
PLUGINFILE = "@@PLUGINFILE@@/"


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
        return found.text, first_picture(found.pictures, _beside(node), self.line, self.into)

    def answer(self, node: Node, default: str = "") -> str:
        """Return the plain text of an answer; a picture alone is told by its description."""
        return answer(node.words, self._markup(node, default), self.line, self.into)

    def _markup(self, node: Node, default: str) -> str:
        return MARKUPS.get(node.attributes.get("format", "").strip(), default or self.markup)


def _beside(node: Node) -> dict[str, tuple[str, str]]:
    """Return the files that came with a text, by their addresses."""
    files = {}
    for file in node.all("file"):
        folder, name = file.attributes.get("path", "/").strip("/"), file.attributes.get("name", "")
        path = f"{folder}/{name}" if folder else name
        files[PLUGINFILE + path] = (name or "picture", file.text)
    return files
