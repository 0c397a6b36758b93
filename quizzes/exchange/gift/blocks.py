"""A GIFT file in pieces: an empty line parts questions, and a backslash takes a mark's meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzes.exchange.encoding import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

CATEGORY = "$CATEGORY:"
MARKS = "\\~=#{}:"
# An escaped character stands aside as a control character, of which a text file has none.
ASIDE = {"\\" + mark: chr(place) for place, mark in enumerate(MARKS, start=1)} | {"\\n": "\x08"}
BACK = {ord(char): mark[1:] for mark, char in ASIDE.items()} | {0x08: "\n"}
NO_ITEM = ("//", CATEGORY, "&#")
REFERRED = re.compile(r"\A&#(36|38|47);")
ESCAPED = re.compile(r"\\[\\~=#{}:n]")
# What never ends is passed over at once.
TOLD = re.compile(r"\[(id|tag):((?:[^\]\\]+|\\\]?)++)(\]?)")


@dataclass(slots=True)
class Block:
    """A question or a line that names a category, as it stands in the file."""

    line: int
    lines: list[str] = field(default_factory=list)  # a comment leaves its line empty
    comments: list[str] = field(default_factory=list)

    @property
    def category(self) -> str | None:
        """The path, if the block is one."""
        first = self.lines[0]
        return first.removeprefix(CATEGORY).strip() if first.startswith(CATEGORY) else None

    @property
    def raw(self) -> str:
        """The words as they stand."""
        return "\n".join(self.lines).strip()

    def told(self, name: str) -> list[str]:
        """Return what the comments tell in square brackets: `id` or `tag`."""
        found = (three for comment in self.comments for three in TOLD.findall(comment))
        return [
            said.replace("\\]", "]").strip() for what, said, end in found if end and what == name
        ]


def blocks(text: str) -> Iterator[Block]:
    """Return a file's blocks. A line that names a category is one by itself."""
    block = Block(1)
    for line, words in enumerate(text.split("\n"), start=1):
        said = words.strip()
        is_category = said.startswith(CATEGORY)
        if not said or is_category:
            yield from _whole(block)
            block = Block(line + 1)
        if is_category:
            yield Block(line, [said])
        elif said.startswith("//"):
            block.comments.append(said)
            block.lines.append("")
        elif said:
            block.lines.append(said)
    yield from _whole(block)


def aside(text: str) -> str:
    """Return the text with every escaped character out of the way."""
    return ESCAPED.sub(lambda found: ASIDE[found[0]], text)


def restored(text: str) -> str:
    """Return the text with the characters that stood aside."""
    return text.translate(BACK)


def escaped(text: str) -> str:
    """Return the text so that none of its characters is a mark."""
    marked = "".join("\\" + char if char in MARKS else char for char in tidy(text))
    return marked.replace("\n", "\\n")


def as_item(text: str) -> str:
    """Return a text as an item to put in order: a line as it is, unless it would be something else.

    Such items know no escape. A reference to the first character reads the same in Moodle.
    """
    line = " ".join(text.split())
    return f"&#{ord(line[0])};{line[1:]}" if line.startswith(NO_ITEM) else line


def from_item(line: str) -> str:
    """Return what `as_item` made a line of."""
    return REFERRED.sub(lambda found: chr(int(found[1])), line, count=1)


def _whole(block: Block) -> Iterator[Block]:
    first = next((place for place, words in enumerate(block.lines) if words), None)
    if first is not None:
        yield Block(block.line + first, block.lines[first:], block.comments)
