"""Where recordings are kept: never under an address that everybody can guess."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages

if TYPE_CHECKING:
    from webinars.models import Recording


FOLDER = "recordings"


def private_files() -> Storage:
    """Return the storage of files that only a view of ours hands out."""
    return storages["private"]


def private_path(recording: Recording, filename: str) -> str:
    """Return a name nobody can guess."""
    return f"{FOLDER}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"
