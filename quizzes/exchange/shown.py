"""The picture a question shows: it stands in the text itself, or came as a file beside it."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING
from urllib.parse import unquote

from quizzes.exchange.items import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizzes.exchange.gathering import Gathering

ENDINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
NOT_IN_FILE = "A picture that is not in the file is left out."
MORE_PICTURES = "A question has one picture here: the others are left out."
NOT_A_PICTURE = "What is no PNG, JPEG, GIF or WebP picture is left out."


def first_picture(
    shown: Sequence[tuple[str, str]],
    beside: Mapping[str, tuple[str, str]],
    line: int,
    into: Gathering,
) -> Picture | None:
    """Return the first picture that is in the file; only that one is looked into.

    `shown`: address and description of each; `beside`: name and base64 of files, by address.
    """
    here = [(file, alt) for address, alt in shown if (file := _file(address, beside))]
    if len(here) < len(shown):
        into.note(line, NOT_IN_FILE)
    if not here:
        return None
    if here[1:]:
        into.note(line, MORE_PICTURES)
    (name, text), alt = here[0]
    content = _decoded(text)
    ending = next((end for begin, end in ENDINGS.items() if content.startswith(begin)), None)
    if ending is None:
        into.note(line, NOT_A_PICTURE)
        return None
    return Picture(name or f"picture.{ending}", content, alt)


def _file(address: str, beside: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    if address[:5].lower() == "data:":
        head, _, data = address.partition(",")
        return "", unquote(data) if head.lower().endswith(";base64") else ""
    return beside.get(unquote(address.partition("?")[0]))


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return b""
