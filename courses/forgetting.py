"""Deleting what was kept for long enough. A daily command calls these."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from courses.models import Evidence, ForgottenFile, WaitingFile
from courses.models.evidence import FOLDER, private_storage
from members.dates import add_period, today

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

WAITING_DAYS = 7  # then a file for import that nobody said yes or no to is deleted
A_DAY = dt.timedelta(days=1)  # no transaction lasts as long


def forget_evidence_files() -> int:
    """Delete the files of proofs 30 days after the decision; return how many.

    The content goes first and the row that says so after it: stopped in between, the next run
    deletes again, which changes nothing, and says so.
    """
    forgotten = 0
    for evidence in Evidence.objects.with_file_to_forget().iterator():
        if not _deleted(evidence.file.name or ""):
            continue
        row = {"recorded_at": timezone.now()}
        forgotten += ForgottenFile.objects.get_or_create(evidence=evidence, defaults=row)[1]
    return forgotten


def forget_stray_files() -> int:
    """Delete files that no claim names: their transaction was given up; return how many."""
    return sum(_deleted(name) for name in list(_strays()))


def forget_waiting_files() -> int:
    """Delete the files for import that were left at the preview; return how many."""
    since = add_period(today(), days=-WAITING_DAYS)
    return WaitingFile.objects.filter(uploaded_at__date__lt=since).delete()[0]


def _strays() -> Iterator[str]:
    storage = private_storage()
    try:
        _, files = storage.listdir(FOLDER)
    except FileNotFoundError:  # nobody has handed anything in yet
        return
    named = set(Evidence.objects.exclude(file="").values_list("file", flat=True))
    for name in (f"{FOLDER}/{file}" for file in files):
        if name not in named and storage.get_modified_time(name) < timezone.now() - A_DAY:
            yield name


def _deleted(name: str) -> bool:
    try:
        private_storage().delete(name)
    except OSError:
        logger.exception("A file of a proof could not be deleted: %s", name)
        return False
    return True
