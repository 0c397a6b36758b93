"""The one door through which files with names leave: three a day, stamped, each recorded."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from compliance.duty.people import AsAt, ids
from compliance.reports.export import ExportFile
from members import audit
from members.dates import today
from members.models import AuditEvent, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from compliance.duty.people import Person
    from members.models import Unit

EXPORTS_A_DAY = 3


class EnoughFilesError(Exception):
    """Three files with names were made today. The answer is a page in words."""


class Stamp(NamedTuple):
    """What every file with names says about itself: who made it, when and under which number."""

    by: Member
    at: datetime
    serial: str


class File(Protocol):
    """Something with names in it."""

    @property
    def content(self) -> bytes: ...


AnyFile = TypeVar("AnyFile", bound=File)


def lock(member: Member) -> None:
    """Let one of this member's transactions count at a time, as SQLite's all do."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def exports_left(member: Member) -> int:
    """Return how many more files with names this member may make today."""
    made = AuditEvent.objects.filter(
        actor=member, action="compliance.exported", at__date=today()
    ).count()
    return max(EXPORTS_A_DAY - made, 0)


@transaction.atomic
def hand_out(
    *,
    make: Callable[[Stamp], AnyFile],
    about: Iterable[int],
    unit: Unit | None,
    reason: str,
    by: Member,
    **detail: str,
) -> AnyFile:
    """Let `make` write a stamped file with the names of these members (ids), and record it.

    What was made is counted under a lock on who makes it: two at the same moment count each other.
    If `make` fails nothing was handed out and nothing counts.
    """
    lock(by)
    if not exports_left(by):
        raise EnoughFilesError
    stamp = Stamp(by, timezone.now(), secrets.token_hex(4).upper())
    file = make(stamp)
    audit.record(
        "compliance.exported",
        by=by,
        unit=unit,
        about=about,
        reason=reason,
        serial=stamp.serial,
        sha256=hashlib.sha256(file.content).hexdigest(),
        **detail,
    )
    return file


def export_people(
    *, unit: Unit, people: Sequence[Person], reason: str, by: Member, as_at: AsAt | None = None
) -> ExportFile:
    """Hand out these people as CSV, as the list shows them."""
    at = as_at or AsAt.today()

    def make(stamp: Stamp) -> ExportFile:
        return ExportFile(unit, people, at, **stamp._asdict())

    return hand_out(
        make=make, about=ids(people), unit=unit, reason=reason, by=by, file="list", **at.days
    )
