"""Goes through HTML once and writes plain text, with paragraphs and lists."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATTING = "Bold, italics, colours and the like are not kept; the words are."
TABLE = "A table became lines of text. Look at it again."
MEDIA = "A sound, a video or an embedded page is left out."
SCRIPT = "A script or a style sheet is left out."

# Each stops at the next "<", so that reading takes time in proportion to the length.
TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:"[^"<]*"|'[^'<]*'|[^<>])*+)>""")
ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
SPACES = re.compile(r"[ \t\n\xa0]+")

# Written while going through, made into spaces and ends of lines at the end.
BULLET, INDENT, CELL, NEXT = "\x01", "\x02", "\x03", "\x04"
TIDYING = [
    (re.compile(r"\n{3,}"), "\n\n"),
    (re.compile(r" ?\n{0,2}\x04"), "\n"),
    (re.compile(r"\x01 ?\n+"), ""),  # a paragraph in an entry stays with its bullet
    (re.compile(r"\x01"), ""),
    (re.compile(r"\x02"), "  "),
    (re.compile(r" ?\x03(?=\n|\Z)"), ""),  # cells are parted, not ended
    (re.compile(r" ?\x03 ?"), " | "),
]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul"
)
SILENT = _names("script style head title template")
MEDIAS = _names("audio video iframe object embed canvas svg")
HARMLESS = _names("html body span tbody thead tfoot source param nolink")
INLINE = _names(
    "a abbr b big br cite code del em font i img ins kbd li mark q s samp small strike strong sub "
    "sup td th tr tt u var"
)
KNOWN = BLOCKS | SILENT | MEDIAS | HARMLESS | INLINE


@dataclass(slots=True)
class Plain:
    """Text without markup, what was lost, and the pictures it showed: (address, alt text)."""

    text: str
    notes: dict[str, None] = field(default_factory=dict)  # in order, each once
    pictures: list[tuple[str, str]] = field(default_factory=list)


def unescaped(text: str) -> str:
    """Return the text with its character references resolved, those that are none as they are."""
    try:
        return html.unescape(text)
    except ValueError:  # a number of thousands of digits
        return text


class Stripped:
    """Goes through HTML once, writing plain text.

    `keeps_lines`: text as Moodle formats it by itself, where an end of line is one, and where only
    what is surely a tag is taken for one.
    """

    def __init__(self, text: str, *, keeps_lines: bool = False) -> None:
        self.keeps_lines = keeps_lines
        self.plain = Plain("")
        self.parts: list[str] = []
        self.lists: list[int | None] = []  # the next number of each open list; None: no numbers
        self.silent = ""  # the element whose content is left out
        self.links: list[str] = []
        self.is_first = False  # whether the next entry or row is the first of its list or table
        self._go_through(_without_comments(text))
        self.plain.text = self._tidy("".join(self.parts))

    def _go_through(self, text: str) -> None:
        end = 0
        for tag in TAG.finditer(text):
            name = tag[2].lower()
            if self.keeps_lines and name not in KNOWN:
                continue
            self._say(text[end : tag.start()])
            end = tag.end()
            self._mark(name, tag[3], closes=bool(tag[1]))
        self._say(text[end:])

    def _say(self, text: str) -> None:
        if text and not self.silent:
            lines = text if self.keeps_lines else SPACES.sub(" ", text)
            self.parts.append(unescaped(lines).replace("\xa0", " "))

    def _mark(self, name: str, attributes: str, *, closes: bool) -> None:
        if self.silent:
            self.silent = "" if closes and name == self.silent else self.silent
        elif name in SILENT or name in MEDIAS:
            self._leave_out(name, attributes, closes=closes)
        elif name in self.SPECIAL:
            self.SPECIAL[name](self, attributes, closes)
        elif name in BLOCKS:
            self.parts.append("\n\n")
            self.is_first = name == "table" and not closes
        elif name not in HARMLESS:
            self._lost(FORMATTING)

    def _leave_out(self, name: str, attributes: str, *, closes: bool) -> None:
        self._lost(SCRIPT if name in SILENT else MEDIA)
        if not (closes or name == "embed" or attributes.endswith("/")):
            self.silent = name

    def _break(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self.parts.append("\n")

    def _list(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        if closes:
            del self.lists[-1:]
        if not self.lists:
            self.parts.append("\n\n")
            self.is_first = not closes

    def _numbered(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self._list(attributes, closes)
        if not closes:
            self.lists.append(1)

    def _bulleted(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self._list(attributes, closes)
        if not closes:
            self.lists.append(None)

    def _entry(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        if closes:
            return
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        indent = INDENT * min(len(self.lists) - 1, 5)
        self._next()
        self.parts.append(f"{indent}{'-' if number is None else f'{number}.'} {BULLET}")

    def _picture(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        said = _attributes(attributes)
        self.plain.pictures.append((said.get("src", ""), said.get("alt", "").strip()))

    def _link(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        if not closes:
            self.links.append(_attributes(attributes).get("href", ""))
            return
        address = self.links.pop() if self.links else ""
        said = "".join(self.parts[-3:]).strip()
        if address.startswith(("http:", "https:", "mailto:")) and not said.endswith(address):
            self.parts.append(f" ({address})")

    def _raised(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self._say("" if closes else "^")

    def _lowered(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self._say("" if closes else "_")

    def _row(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self._lost(TABLE)
        if not closes:
            self._next()

    def _next(self) -> None:
        """Begin an entry or a row: on a new line, which the first one has."""
        self.parts.append("" if self.is_first else NEXT)
        self.is_first = False

    def _cell(self, attributes: str, closes: bool) -> None:  # noqa: FBT001
        self.parts.append(CELL if closes else "")

    def _lost(self, note: str) -> None:
        self.plain.notes[note] = None

    def _tidy(self, text: str) -> str:
        lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
        text = "\n".join(lines)
        for found, instead in TIDYING:
            text = found.sub(instead, text)
        return text.strip()

    SPECIAL: dict[str, Callable[[Stripped, str, bool], None]] = {
        "br": _break,
        "ol": _numbered,
        "ul": _bulleted,
        "li": _entry,
        "img": _picture,
        "a": _link,
        "sup": _raised,
        "sub": _lowered,
        "tr": _row,
        "td": _cell,
        "th": _cell,
    }


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): unescaped(found[2] or found[3] or found[4] or "")
        for found in ATTRIBUTE.finditer(text)
    }


def _without_comments(text: str) -> str:
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start)) >= 0:
        parts.append(text[end:start])
        end = stop + 3
    return "".join([*parts, text[end:]])
