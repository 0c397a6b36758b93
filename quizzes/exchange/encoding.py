"""From a file's bytes to text, whatever it was saved with."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

NOT_UTF8 = (
    "The file is not UTF-8; it was read as {name}. "
    "Look at accents, pound signs and quotation marks."
)
UNREADABLE = "This is not text in UTF-8, UTF-16 or Windows-1252. Save the file as UTF-8."
CONTROL_CHARACTER = (
    "Here is a character that belongs to no text (number {number}). Is this really a text file?"
)
BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WINDOWS = "windows-1252"
KNOWN = re.compile(r"(iso-8859-\d{1,2}|windows-125\d|koi8-[ru])\Z", re.ASCII)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ENDS_OF_LINES = re.compile(r"\r\n?|[\x0b\x0c]")


class UnreadableError(ValueError):
    """The bytes are no text; `line` says where that shows."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, lines ending in a newline; `note` says what had to be guessed."""

    text: str
    note: str = ""


def decoded(content: bytes, *, declared: str = "") -> Decoded:
    """Return the text of a file; `declared` is what the file says of itself."""
    text, name = _read(content, declared.lower())
    text = ENDS_OF_LINES.sub("\n", text).removesuffix("\x1a")  # old editors end a file so
    if wrong := CONTROLS.search(text):
        line = text.count("\n", 0, wrong.start()) + 1
        raise UnreadableError(CONTROL_CHARACTER.format(number=ord(wrong[0])), line)
    return Decoded(text, NOT_UTF8.format(name=name) if name else "")


def tidy(text: str) -> str:
    """Return a text as a file can hold it: one kind of line ends, nothing that is no text."""
    return CONTROLS.sub(" ", ENDS_OF_LINES.sub("\n", text)).strip()


def _read(content: bytes, declared: str) -> tuple[str, str]:
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return _exactly(content[len(bom) :], encoding), ""
    try:
        return content.decode(), ""
    except UnicodeDecodeError:
        known = declared if KNOWN.match(declared) else ""
        return _exactly(content, known or WINDOWS), "" if known else "Windows-1252"


def _exactly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(UNREADABLE, line) from error
    except LookupError as error:
        raise UnreadableError(UNREADABLE) from error
