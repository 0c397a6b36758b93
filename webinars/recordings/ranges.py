"""Which part of a file a browser asks for (RFC 9110, section 14). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# One range: Safari asks for `bytes=0-1` before it plays anything at all.
ONE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


class Unsatisfiable(ValueError):  # noqa: N818 (RFC 9110's word)
    """The range begins behind the end of the file."""


@dataclass(frozen=True)
class Part:
    """Bytes of a file, counted from 0; the last one belongs to it."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def of(self, size: int) -> str:
        """Return it as the header Content-Range says it."""
        return f"bytes {self.first}-{self.last}/{size}"


def asked_part(header: str, size: int) -> Part | None:
    """Return the part of a file of `size` bytes that a Range header asks for.

    None means the whole file: there is no header, it cannot be read, or it asks for several parts
    at once, which a server may leave out. Raises Unsatisfiable.
    """
    found = ONE.fullmatch(header.replace(" ", ""))
    if not found:
        return None
    first, last, from_the_end = found.groups()
    if from_the_end:
        return _end(int(from_the_end), size)
    if last and int(last) < int(first):
        return None  # makes no sense, and what makes no sense is ignored
    if int(first) >= size:
        raise Unsatisfiable
    return Part(int(first), min(int(last or size), size - 1))


def _end(length: int, size: int) -> Part:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Part(max(size - length, 0), size - 1)
