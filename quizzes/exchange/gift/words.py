"""A text in GIFT: what stood aside comes back, and its markup goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.exchange.gift.blocks import restored
from quizzes.exchange.markup import MOODLE
from quizzes.exchange.moodle import plain

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering

MARKUP = re.compile(r"\[(html|markdown|moodle|plain)\]")


class UnclearError(ValueError):
    """A question that cannot be understood; the words say why and what to do."""


@dataclass(slots=True)
class Words:
    """Reads the texts of one question. Without a markup of its own, a text has the question's."""

    line: int
    into: Gathering
    markup: str = MOODLE

    def with_markup(self, text: str) -> tuple[str, str]:
        """Return the plain text, and the markup it had."""
        text = text.strip()
        found = MARKUP.match(text)
        markup = found[1] if found else self.markup
        rest = restored(text[found.end() :] if found else text)
        return plain(rest, markup, self.line, self.into), markup

    def plain(self, text: str) -> str:
        """Return the plain text."""
        return self.with_markup(text)[0]

    def bare(self, text: str) -> str:
        """Return a text that has no markup, such as what people have to type."""
        text = text.strip()
        found = MARKUP.match(text)
        return restored(text[found.end() :] if found else text).strip()
