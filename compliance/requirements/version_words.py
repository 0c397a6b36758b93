"""The history of a requirement: who said what anew, when, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance.duty.terms import readings
from compliance.duty.timeline import Anchor, Audience
from compliance.models import RequirementVersion
from compliance.reminders.plan import MAILS
from members.models import PostKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from compliance.duty.timeline import Reading
    from compliance.models import Requirement

NOTHING = "none"
FIRST = "The first version."
ENDED = "Archived: nobody has to do it any more."
NO_CHANGE = "Nothing but the day from which it holds."


@dataclass(frozen=True)
class Entry:
    """One version and what it changed."""

    version: RequirementVersion
    changes: Sequence[str]

    @property
    def who(self) -> str:
        return str(self.version.recorded_by or "The system")


def history(requirement: Requirement) -> list[Entry]:
    """Return the versions of a requirement, the newest first, in five queries."""
    versions = RequirementVersion.objects.filter(requirement=requirement.pk)
    read = readings(versions.select_related("recorded_by"))[requirement.pk]
    kinds = dict(PostKind.objects.values_list("pk", "name"))
    before: list[Reading | None] = [None, *read]
    entries = [
        Entry(now.version, changes(was, now, kinds)) for was, now in zip(before, read, strict=False)
    ]
    return entries[::-1]


def changes(was: Reading | None, now: Reading, kinds: Mapping[int, str]) -> list[str]:
    """Return in words what a version asks otherwise than the one before it."""
    if now.version.is_withdrawn:
        return [ENDED]
    told = _told(now, kinds)
    if was is None:
        return [FIRST, *(f"{what}: {value}." for what, value in told.items())]
    before = _told(was, kinds)
    return [
        f"{what}: {value}; it was {before[what]}."
        for what, value in told.items()
        if value != before[what]
    ] or [NO_CHANGE]


def _told(reading: Reading, kinds: Mapping[int, str]) -> dict[str, str]:
    """Return all that a version asks, in words; the day from which it holds stands beside it."""
    version = reading.version
    posts = reading.kind_ids if version.audience == Audience.POSTS else ()
    return {
        "What": _listed(course.title for course in reading.courses),
        "Must be renewed": "yes" if version.must_renew else "no",
        "Who": Audience(version.audience).label,
        "Posts": _listed(kinds[pk] for pk in posts),
        "Where": version.unit.name if version.unit else "the whole party",
        "Time is counted": Anchor(version.anchor).label,
        "The day for everybody": _civil(version.fixed_on),
        "Days to do it": str(version.grace_days),
        "Mails": _listed(mail.label for mail in MAILS if mail.code in version.reminders),
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or NOTHING


def _civil(day: date | None) -> str:
    return written(day, "j F Y") if day else NOTHING
