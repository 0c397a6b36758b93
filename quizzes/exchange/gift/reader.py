"""From GIFT to questions, as Moodle understands it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.exchange.gift.answers import answers
from quizzes.exchange.gift.blocks import aside, blocks, from_item
from quizzes.exchange.gift.words import UnclearError, Words
from quizzes.exchange.items import Item, OptionItem
from quizzes.exchange.moodle import LeftOutError, category, identified, named
from quizzes.exchange.tags import IN_PARTS, tagged
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.gift.blocks import Block

DESCRIPTION = "“{start}” has no braces, so it asks nothing. It is left out."
NO_BRACE = (
    "A brace is missing, or an empty line stands inside the braces. "
    "Only questions are parted by empty lines."
)
TWO_SETS = (
    "Braces stand twice in one question. Put an empty line between questions, "
    "and a backslash before a brace that is only text."
)
BLANK = "_____"
# What Moodle writes for putting in order, items as they are: {>3 ALL VERTICAL ... newline, items}
ORDERING = re.compile(r"\{>[ \t]*\d*([^\n{}]*)\n(.*)\}\Z", re.S)
BEFORE_BRACE = re.compile(r"(?:[^\\{]|\\.?)*+", re.S)


@dataclass(frozen=True, slots=True)
class Parts:
    """A block taken apart."""

    name: str
    stem: str
    answers: str
    feedback: str = ""


def read(text: str, into: Gathering) -> None:
    """Read a GIFT file."""
    titles: tuple[str, ...] = ()
    for block in blocks(text):
        if block.category is not None:
            titles = category(block.category, block.line, into)
            continue
        try:
            _question(block, titles, into)
        except UnclearError as unclear:
            into.error(block.line, str(unclear))
        except LeftOutError as left_out:
            into.skip(block.line, str(left_out))


def _question(block: Block, titles: tuple[str, ...], into: Gathering) -> None:
    raw = block.raw
    before = BEFORE_BRACE.match(raw)
    order = ORDERING.match(raw, before.end()) if before else None
    parts = _parts(aside(raw), start=len(aside(raw[: order.start()])) if order else -1)
    if parts is None:
        into.skip(block.line, DESCRIPTION.format(start=raw[:60]))
        return
    words = Words(block.line, into)
    stem, picture = words.question(parts.stem)
    kind, options = _in_order(order) if order else answers(parts.answers, words)
    identity = block.told("id")
    reference = identified(identity[0], block.line, into) if identity else named(parts.name)
    item = Item(
        kind=kind,
        stem=stem,
        options=options,
        reference=reference,
        category=titles,
        explanation=words.plain(parts.feedback),
        is_partial=kind in IN_PARTS and not (order and "ALL_OR_NOTHING" in order[1]),
        picture=picture,
        line=block.line,
        is_local=True,
    )
    into.add(tagged(item, block.told("tag"), into), is_named=not identity)


def _parts(text: str, *, start: int) -> Parts | None:
    """Take a block apart; none if there are no braces. `start`: where items to order begin."""
    name, text, cut = _name(text)
    if start >= 0:
        return Parts(name, text[: start - cut], "")
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return None
    if not 0 <= start < end:
        raise UnclearError(NO_BRACE)
    rest = text[end + 1 :].strip()
    if "{" in rest or "}" in rest:
        raise UnclearError(TWO_SETS)
    body, mark, feedback = text[start + 1 : end].rpartition("####")
    stem = text[:start] + (BLANK + text[end + 1 :] if rest else "")
    return Parts(name, stem, (body if mark else feedback).strip(), feedback if mark else "")


def _name(text: str) -> tuple[str, str, int]:
    """Return a question's name, the rest, and how much was taken."""
    end = text.find("::", 2) if text.startswith("::") else -1
    if end < 0:
        return "", text, 0
    return text[2:end], text[end + 2 :], end + 2


def _in_order(found: re.Match[str]) -> tuple[str, tuple[OptionItem, ...]]:
    lines = (line.strip() for line in found[2].split("\n"))
    return Kind.ORDERING, tuple(OptionItem(from_item(line)) for line in lines if line)
