"""Reads XML question by question, each with its line; documents that declare anything are refused.

No document type, no entities, nothing from elsewhere, and no deeper than a question can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.expatreader import create_parser  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

DEEPEST = 12  # a question is at most seven deep
MOST_PARTS = 1_000
DECLARES = (
    "The file has a document type or declares entities, which can be used to do harm. "
    "Remove the <!DOCTYPE …> part; Moodle does not write one."
)
BROKEN = "This is not well-formed XML: {reason}."
NOT_MOODLE = "This is XML, but not Moodle's: it begins with <{name}>, not with <quiz>."
TOO_MANY_PARTS = f"Something here has more than {MOST_PARTS:,} parts."
TOO_DEEP = "Something here lies deeper than anything in a question."


class RefusedError(ValueError):
    """The document is not read any further."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(slots=True)
class Node:
    """An element."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own words."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> Iterator[Node]:
        """Return the children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node:
        """Return the first child of this name, or an empty one."""
        return next(self.all(name), Node(name, {}, self.line))

    @property
    def words(self) -> str:
        """What stands in its <text>, or, as old files have it, in itself."""
        return next((child.text for child in self.all("text")), self.text)

    def said(self, name: str) -> str:
        """Return the words of a child."""
        return self.first(name).words


def each_question(text: str, take: Callable[[Node], None]) -> None:
    """Hand over every question in turn."""
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(_Handler(take, parser))
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise RefusedError(DECLARES, parser.getLineNumber()) from error
    except SAXParseException as error:
        reason = BROKEN.format(reason=error.getMessage())
        raise RefusedError(reason, error.getLineNumber() or 1) from error


class _Handler(ContentHandler):
    """Builds one question at a time and forgets it when it has been taken."""

    def __init__(self, take: Callable[[Node], None], parser: Any) -> None:
        super().__init__()
        self.take = take
        self.parser = parser
        self.open: list[Node] = []

    @property
    def line(self) -> int:
        return int(self.parser.getLineNumber() or 1)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        if not self.open and name != "quiz":
            raise RefusedError(NOT_MOODLE.format(name=name[:40]), self.line)
        if len(self.open) == DEEPEST:
            raise RefusedError(TOO_DEEP, self.line)
        node = Node(name, dict(attrs.items()), self.line)
        if len(self.open) > 1:
            self._append(node)
        self.open.append(node)

    def _append(self, node: Node) -> None:
        siblings = self.open[-1].children
        if len(siblings) == MOST_PARTS:
            raise RefusedError(TOO_MANY_PARTS, node.line)
        siblings.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        node = self.open.pop()
        if len(self.open) == 1 and name == "question":
            self.take(node)

    def characters(self, content: str) -> None:
        if len(self.open) > 1:
            self.open[-1].parts.append(content)
