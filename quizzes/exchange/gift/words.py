"""A text in GIFT: what stood aside comes back, and its markup goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.exchange.gift.blocks import restored
from quizzes.exchange.markup import MOODLE, to_plain
from quizzes.exchange.moodle import answer, plain
from quizzes.exchange.shown import first_picture

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.items import Picture

MARKUP = re.compile(r"\[(html|markdown|moodle|plain)\]")


class UnclearError(ValueError):
    """A question that cannot be understood; the words say why and what to do."""


@dataclass(slots=True)
class Words:
    """Reads the texts of one question. Without a markup of its own, a text has the question's."""

    line: int
    into: Gathering
    markup: str = MOODLE

    def question(self, text: str) -> tuple[str, Picture | None]:
        """Return the text of the question and its first picture. Its markup is the question's."""
        text, self.markup = self._parted(text)
        found = to_plain(text, self.markup)
        for note in found.notes:
            self.into.note(self.line, note)
        return found.text, first_picture(found.pictures, {}, self.line, self.into)

    def plain(self, text: str) -> str:
        """Return the plain text."""
        return plain(*self._parted(text), self.line, self.into)

    def answer(self, text: str) -> str:
        """Return the plain text of an answer; a picture alone is told by its description."""
        return answer(*self._parted(text), self.line, self.into)

    def _parted(self, text: str) -> tuple[str, str]:
        """Return a text without the name of its markup, and the markup."""
        text = text.strip()
        found = MARKUP.match(text)
        rest = restored(text[found.end() :] if found else text)
        return rest, found[1] if found else self.markup

    def bare(self, text: str) -> str:
        """Return a text that has no markup, such as what people have to type."""
        text = text.strip()
        found = MARKUP.match(text)
        return restored(text[found.end() :] if found else text).strip()
