"""JSON, entry by entry, each with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

SPACE = re.compile(r"[ \t\n\r]*")
BROKEN = "This is not well-formed JSON: {reason}."
TOO_DEEP = "Something here lies deeper than anything in a question."
BAD_NUMBER = "Here is a number that is none, or far too long."
UNFINISHED = "the file ends in the middle, or a comma or bracket is missing"


class RefusedError(ValueError):
    """The document is not read any further."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


class Document:
    """A JSON text that is read from the beginning to the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._decoder = JSONDecoder(parse_constant=_no_number, parse_float=Decimal)
        self._line, self._counted = 1, 0

    @property
    def line(self) -> int:
        """The line of the place that was reached."""
        return self._line_of(self.place)

    def members(self) -> Iterator[tuple[str, int]]:
        """Return the names in an object; the value after a name is for the caller to read."""
        for _ in self._entries("{", "}"):
            name = self.value()
            self._expect(":")
            self._skip()
            yield str(name), self.line

    def entries(self) -> Iterator[tuple[Any, int]]:
        """Return the entries of a list."""
        for _ in self._entries("[", "]"):
            line = self.line
            yield self.value(), line

    def value(self) -> Any:
        """Return the value that stands here."""
        try:
            value, self.place = self._decoder.raw_decode(self.text, self.place)
        except JSONDecodeError as error:
            reason = BROKEN.format(reason=error.msg[:1].lower() + error.msg[1:])
            raise RefusedError(reason, self._line_of(error.pos)) from error
        except RecursionError as error:
            raise RefusedError(TOO_DEEP, self.line) from error
        except (ValueError, ArithmeticError) as error:
            raise RefusedError(BAD_NUMBER, self.line) from error
        return value

    def begins(self, char: str) -> bool:
        """Return whether a list or an object stands here."""
        self._skip()
        return self.text.startswith(char, self.place)

    def _entries(self, opening: str, closing: str) -> Iterator[None]:
        self._expect(opening)
        self._skip()
        if self._took(closing):
            return
        while True:
            self._skip()
            yield
            self._skip()
            if not self._took(","):
                self._expect(closing)
                return

    def _expect(self, char: str) -> None:
        self._skip()
        if not self._took(char):
            raise RefusedError(BROKEN.format(reason=UNFINISHED), self.line)

    def _took(self, char: str) -> bool:
        is_here = self.text.startswith(char, self.place)
        self.place += is_here
        return is_here

    def _skip(self) -> None:
        found = SPACE.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def _line_of(self, place: int) -> int:
        # Counted on from the last place, so that a long file is counted once.
        if place < self._counted:
            return self.text.count("\n", 0, place) + 1
        self._line += self.text.count("\n", self._counted, place)
        self._counted = place
        return self._line
