"""Writing many past completions at once, each with its real days.

`course_completed` is not sent: who listens to it hands out certificates, and those are for what
was taught here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from courses.models import Completion, CoursePage, Edition
from courses.models.editions import FIRST_EDITION
from courses.rounds import stamped
from members.dates import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from courses.import_plan import Row

BATCH = 2_000
Key = tuple[object, ...]


def write_completions(rows: Iterable[Row], now: datetime) -> dict[Key, Completion]:
    """Write the completions of these rows and return them by the rows' keys.

    A completion renews the one that counted longest by then, on record or earlier in the file;
    what is on record from a later day stays as it is.
    """
    ordered = sorted(rows, key=lambda row: row.completed_on)
    courses = CoursePage.objects.in_bulk({row.course_id for row in ordered})
    editions = _editions(courses)
    lines = _lines(ordered)
    made: dict[Key, Completion] = {}
    for row in ordered:
        line = lines[row.member_id, row.course_id]
        done = _completion(row, courses[row.course_id], line, now)
        done.edition_number = _edition_on(done.completed_on, editions[row.course_id])
        line.append(done)
        made[row.key] = done
    Completion.objects.bulk_create(made.values(), batch_size=BATCH)
    return made


def on_record(rows: Iterable[Row]) -> dict[Key, Completion]:
    """Return the completions of these people, by the key a row of the same facts would have."""
    members = sorted({row.member_id for row in rows if row.member_id})
    found: dict[Key, Completion] = {}
    for start in range(0, len(members), BATCH):
        some = Completion.objects.filter(member__in=members[start : start + BATCH])
        found.update(((it.member_id, it.course_id, it.completed_on), it) for it in some)
    return found


def _completion(row: Row, course: CoursePage, line: list[Completion], now: datetime) -> Completion:
    earlier = [done for done in line if done.completed_on <= row.completed_on]
    before = max(earlier, key=_counts_longest, default=None)
    cover = course.renewal.cover(row.completed_on, before=before)
    return Completion(
        member_id=row.member_id,
        course=course,
        course_title=course.title,
        source=Completion.Source.IMPORTED,
        completed_on=row.completed_on,
        recorded_at=now,
        **stamped(cover, row.completed_on, row.valid_to),
    )


def _counts_longest(done: Completion) -> tuple[date, date]:
    return done.valid_to or FOR_GOOD, done.completed_on


def _lines(rows: Iterable[Row]) -> dict[tuple[int, int], list[Completion]]:
    """Return what stands on record, by person and course."""
    members = sorted({row.member_id for row in rows if row.member_id})
    lines: dict[tuple[int, int], list[Completion]] = defaultdict(list)
    for start in range(0, len(members), BATCH):
        some = Completion.objects.standing().filter(member__in=members[start : start + BATCH])
        for done in some.iterator():
            lines[done.member_id, done.course_id].append(done)
    return lines


def _editions(courses: Iterable[int]) -> dict[int, list[Edition]]:
    editions: dict[int, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.filter(course__in=courses):
        editions[edition.course_id].append(edition)
    return editions


def _edition_on(day: date, editions: Iterable[Edition]) -> int:
    """Return the number of the edition that was current on that day."""
    by_then = [edition.number for edition in editions if edition.published_on <= day]
    return max(by_then, default=FIRST_EDITION)
