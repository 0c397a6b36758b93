"""A proof of training elsewhere: what it says, and what it may say. One place for all doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files import File

EARLIEST = date(2000, 1, 1)
IN_THE_FUTURE = "This day has not come yet. Give the day on which the training was finished."
TOO_OLD = "This is before the year 2000. Check the year."
ENDS_BEFORE = "The last valid day is before the day the training was finished. Check both."

MOST_BYTES = 5 * 1024 * 1024
EMPTY = "This file is empty. Choose another one, or take the photo again."
TOO_BIG = (
    "This file is larger than 5 MB. Take the photo in a smaller size, or save the document as a "
    "smaller PDF."
)
WRONG_KIND = "This is not a PDF, JPEG or PNG file. Take a photo of the proof, or save it as a PDF."
# By how a file begins: a name proves nothing.
KINDS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
ACCEPT = ",".join(content_type for _, content_type, _ in KINDS)


@dataclass(frozen=True)
class Paper:
    """What a proof of training says."""

    provider: str
    completed_on: date
    expires_on: date | None = None
    file: File[bytes] | None = None
    reference: str = ""


@dataclass(frozen=True)
class Kind:
    """What sort of file something is."""

    content_type: str
    ending: str

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


def wrong_days(completed_on: date | None, ends_on: date | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong: which of the two days ("completed" or "ends"), and why."""
    if completed_on is None:
        return
    if completed_on > today():
        yield "completed", IN_THE_FUTURE
    if completed_on < EARLIEST:
        yield "completed", TOO_OLD
    if ends_on and ends_on < completed_on:
        yield "ends", ENDS_BEFORE


def kind_of(file: File[bytes]) -> Kind | None:
    """Return what sort of file this is, by its first bytes; None if it is none we take."""
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    return next((Kind(kind, end) for sign, kind, end in KINDS if start.startswith(sign)), None)


def wrong_file(file: File[bytes]) -> str:
    """Say what is wrong with a file and what to do; nothing when it can be taken."""
    if not file.size:
        return EMPTY
    if file.size > MOST_BYTES:
        return TOO_BIG
    return "" if kind_of(file) else WRONG_KIND


def wrong_paper(paper: Paper) -> str:
    """Say the first thing that is wrong with a proof; nothing when all is well."""
    for _, reason in wrong_days(paper.completed_on, paper.expires_on):
        return reason
    return wrong_file(paper.file) if paper.file else ""
