"""How a requirement read on which day: its versions laid out in time, as plain values.

A version holds from its day on and replaces whatever was planned for later: the one recorded last
wins. The time somebody has is told by the version in force on the day their duty began; a change
of it touches nobody whose time is running.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compliance.models import RequirementVersion
from members.dates import FOR_GOOD, NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from courses.models import CoursePage

EVERYONE, BY_HAND = 0, -1  # in place of a kind of post
Audience, Anchor = RequirementVersion.Audience, RequirementVersion.Anchor


class Span(NamedTuple):
    """Whose duty begins when, for posts of one kind in one part of the tree.

    It is for those whose post began in [first_start, last_start). Nobody's time runs before
    `begins`.
    """

    kind_id: int
    path: str
    first_start: date
    last_start: date
    begins: date
    grace_days: int
    fixed_on: date
    by_sign_in: int


@dataclass(frozen=True)
class Reading:
    """A version with all that it names; also one that nobody has saved yet."""

    version: RequirementVersion
    kind_ids: frozenset[int]
    courses: Sequence[CoursePage]

    @property
    def path(self) -> str:
        return self.version.path

    @property
    def effective_from(self) -> date:
        return self.version.effective_from

    @property
    def keys(self) -> set[int]:
        """Whom it obliges: kinds of posts, everybody, and in any case people named by hand."""
        if self.version.is_withdrawn:
            return set()
        everyone = self.version.audience == Audience.EVERYONE
        return {*self.kind_ids, BY_HAND} | ({EVERYONE} if everyone else set())

    def covers(self, key: int, path: str) -> bool:
        # People named by hand are obliged wherever they are.
        return key in self.keys and (key == BY_HAND or path.startswith(self.path))


def laid_out(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that hold some day, in order of days; given in the order recorded."""
    line: list[Reading] = []
    for reading in readings:
        line = [one for one in line if one.effective_from < reading.effective_from]
        line.append(reading)
    return line


def until(line: Sequence[Reading], on: date) -> list[Reading]:
    """Return the readings up to the one in force on that day, which is the last."""
    return [reading for reading in line if reading.effective_from <= on]


def spans(line: Sequence[Reading]) -> list[Span]:
    """Return the spans that the last reading makes, with what the earlier ones say of them."""
    now = line[-1]
    found: dict[tuple[int, date], list[Span]] = {}
    for path in sorted({one.path for one in line if one.path.startswith(now.path)}, key=len):
        for key in sorted(now.keys):
            run = _run(line, key, path)
            # A narrower place says something only if its duty began earlier.
            found.setdefault((key, run[0].effective_from), list(_spans(run, key, path)))
    return [span for group in found.values() for span in group]


def _run(line: Sequence[Reading], key: int, path: str) -> list[Reading]:
    """Return the readings that have obliged these people without a break, up to the last."""
    run: list[Reading] = []
    for reading in reversed(line):
        if not reading.covers(key, path):
            break
        run.insert(0, reading)
    return run


def _spans(run: Sequence[Reading], key: int, path: str) -> Iterator[Span]:
    for number, reading in enumerate(run):
        is_last = number + 1 == len(run)
        yield Span(
            kind_id=key,
            path="" if key == BY_HAND else path,
            first_start=reading.effective_from if number else NEVER,
            last_start=FOR_GOOD if is_last else run[number + 1].effective_from,
            begins=run[0].effective_from,
            grace_days=reading.version.grace_days,
            fixed_on=reading.version.fixed_on
            if reading.version.anchor == Anchor.FIXED and reading.version.fixed_on
            else NEVER,
            by_sign_in=int(reading.version.anchor == Anchor.SIGN_IN),
        )
