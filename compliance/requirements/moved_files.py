"""What a change would do, as files: counts by place, and names by the rules of every export."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from compliance.reports.export import as_bytes, traced
from compliance.reports.handing_out import hand_out
from compliance.requirements.dry_run import NOWHERE, REGION
from members.dates import today
from members.models import Member, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.duty.status import Standing
    from compliance.requirements.dry_run import Change, DryRun, Proposal
    from members.handing_out import Stamp

COUNTS_HEAD = (
    "Nation or region",
    "Place",
    "Code",
    "People with the duty now",
    "Newly due",
    "Newly overdue",
    "Relieved",
    "No longer overdue",
    "Unchanged",
    "People with the duty then",
)
NAMES_HEAD = ("Name", "Nation or region", "Place", "Stands now", "Would stand")
NO_DUTY = "No duty"
MOST_NAMES = 2000  # a longer list is no longer read: it is only carried about


class Moved(NamedTuple):
    """Somebody whom a change would touch, in words."""

    member: Member
    region: str
    place: str
    now: str
    then: str


@dataclass(frozen=True)
class MovedFile:
    """The people whom a change would touch, as a file."""

    title: str
    people: Sequence[Moved]
    stamp: Stamp

    @cached_property
    def content(self) -> bytes:
        return as_bytes(self.rows())

    @property
    def name(self) -> str:
        return f"training-change-{today()}.csv"

    def rows(self) -> Iterator[Sequence[str]]:
        yield NAMES_HEAD
        for person in self.people:
            yield person.member.name_for_others, *person[1:]
        about = f"What a change of “{self.title}” would do; nothing of it was saved"
        yield (f"{about}. {traced(*self.stamp)}",)


def moved_people(proposal: Proposal) -> list[Moved]:
    """Name the people whom the change would touch, place by place, in three queries."""
    moved = proposal.moved_people()
    members = Member.objects.in_bulk({one.member_id for one in moved})
    wanted = {path for one in moved for path in (one.path, one.path[:REGION])}
    units = dict(Unit.objects.filter(path__in=wanted).values_list("path", "name"))
    people = [
        Moved(
            members[one.member_id],
            units.get(one.path[:REGION], ""),
            units.get(one.path, NOWHERE),
            _words(one.was),
            _words(one.will),
        )
        for one in moved
    ]
    return sorted(people, key=lambda one: (one.region, one.place, one.member.name_for_others))


def export_moved(*, proposal: Proposal, reason: str, by: Member) -> MovedFile:
    """Hand out whom a change would touch, by the same rules as any file with names."""
    moved = moved_people(proposal)
    return hand_out(
        make=lambda stamp: MovedFile(proposal.title, moved, stamp),
        about={one.member.pk for one in moved},
        unit=None,
        reason=reason,
        by=by,
        file="change",
        on=proposal.on.isoformat(),
    )


@dataclass(frozen=True)
class CountsFile:
    """The counts of a dry run by CLP: no names."""

    run: DryRun

    @property
    def name(self) -> str:
        return f"training-change-{today()}.csv"

    @property
    def content(self) -> bytes:
        rows = [(one.region, one.name, one.code, *_numbers(one.change)) for one in self.run.clps]
        total = ("", "In all, each person once", "", *_numbers(self.run.whole))
        return as_bytes([COUNTS_HEAD, *rows, total])


def _numbers(change: Change) -> tuple[int, ...]:
    return (
        change.obliged_before,
        change.newly_due,
        change.newly_overdue,
        change.relieved,
        change.no_longer_overdue,
        change.unchanged,
        change.obliged_after,
    )


def _words(standing: Standing | None) -> str:
    return standing.label if standing else NO_DUTY
