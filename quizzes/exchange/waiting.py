"""A file between its upload and the yes or no: private, its owner's alone, gone after a day."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.core.files.storage import Storage

    from members.models import Member

FOLDER = "questions-to-import"
KEPT = dt.timedelta(days=1)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits. Its address in the storage names its owner: nobody else finds it."""

    key: UUID
    name: str
    format: str  # empty: to be found out
    content: bytes


def keep(*, content: bytes, name: str, format: str, by: Member) -> UUID:  # noqa: A002
    """Keep a file for its owner and return the key it is found by."""
    forget_old()
    key = uuid.uuid4()
    head = json.dumps({"name": name[:LONGEST_NAME], "format": format})
    _storage().save(_path(key, by), ContentFile(head.encode() + b"\n" + content))
    return key


def find(key: UUID, *, by: Member) -> Waiting | None:
    """Return this person's file with this key, unless it is a day old."""
    path = _path(key, by)
    if not _storage().exists(path) or _is_old(path):
        return None
    with _storage().open(path) as file:
        head, _, content = file.read().partition(b"\n")
    return Waiting(key, content=content, **json.loads(head))


def forget(key: UUID, *, by: Member) -> None:
    """Delete a file."""
    _storage().delete(_path(key, by))


def forget_old() -> int:
    """Delete the files that are older than a day; return how many."""
    old = [path for path in _all() if _is_old(path)]
    for path in old:
        _storage().delete(path)
    return len(old)


def _all() -> Iterator[str]:
    try:
        owners, _ = _storage().listdir(FOLDER)
        for owner in owners:
            yield from (f"{FOLDER}/{owner}/{n}" for n in _storage().listdir(f"{FOLDER}/{owner}")[1])
    except FileNotFoundError:  # nobody has imported anything yet
        return


def _is_old(path: str) -> bool:
    return _storage().get_modified_time(path) < timezone.now() - KEPT


def _path(key: UUID, by: Member) -> str:
    return f"{FOLDER}/{by.pk}/{key.hex}"


def _storage() -> Storage:
    return storages["private"]
