"""The one door through which files with names leave: three a day, stamped, each recorded."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from members import audit
from members.dates import today
from members.locking import hold_person
from members.models import AuditEvent, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from typing import Any

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
    hold_person(member.pk)


def exports_left(member: Member, *, action: str) -> int:
    """Return how many more files this member may make today that are recorded as `action`."""
    made = AuditEvent.objects.filter(actor=member, action=action, at__date=today()).count()
    return max(EXPORTS_A_DAY - made, 0)


@transaction.atomic
def hand_out(  # noqa: PLR0913 (what has to be said of a file with names)
    *,
    action: str,
    make: Callable[[Stamp], AnyFile],
    about: Iterable[int],
    unit: Unit | None,
    reason: str,
    by: Member,
    **detail: Any,
) -> AnyFile:
    """Let `make` write a stamped file with the names of these members (ids), and record it.

    What was made is counted under a lock on who makes it: two at the same moment count each other.
    If `make` fails nothing was handed out and nothing counts.
    """
    lock(by)
    if not exports_left(by, action=action):
        raise EnoughFilesError
    stamp = Stamp(by, timezone.now(), secrets.token_hex(4).upper())
    file = make(stamp)
    audit.record(
        action,
        by=by,
        unit=unit,
        about=about,
        reason=reason,
        serial=stamp.serial,
        sha256=hashlib.sha256(file.content).hexdigest(),
        **detail,
    )
    return file
