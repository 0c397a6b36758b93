"""Deleting files of recordings that are no longer anybody's. A daily command calls this."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from webinars.models import Recording
from webinars.storing import FOLDER, private_files

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

A_DAY = dt.timedelta(days=1)  # no upload lasts as long


def stray_files() -> Iterator[str]:
    """Yield the files that no recording names: replaced, deleted, or given up half-way."""
    storage = private_files()
    try:
        _, files = storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was ever recorded
        return
    named = {name for row in Recording.objects.values_list("video", "captions") for name in row}
    for name in (f"{FOLDER}/{file}" for file in files):
        if name not in named and storage.get_modified_time(name) < timezone.now() - A_DAY:
            yield name


def forget_stray_files() -> int:
    """Delete them; return how many. A storage that refuses is told of and asked again tomorrow."""
    deleted = 0
    for name in list(stray_files()):
        try:
            private_files().delete(name)
        except OSError:
            logger.exception("Could not delete %s", name)
            continue
        deleted += 1
    return deleted
