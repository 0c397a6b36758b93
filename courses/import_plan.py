"""What a file of past completions would change: new, known, people not found, problems.

Reading only. The same plan is shown in the preview and carried out by `courses.imports`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from courses.import_people import find_people
from courses.import_writing import on_record
from courses.models import CoursePage, ImportedRow
from courses.paper import wrong_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from courses.import_files import Table
    from members.models import Member

DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
)
LONGEST = {"email": 254, "membership_number": 40, "provider": 120}
SHOWN = 80
NOT_A_DAY = "This is not a day we can read. Write 2025-03-27 or 27/03/2025."
NO_DAY = "The day is missing. Write it as 2025-03-27 or 27/03/2025."
NO_COURSE = "There is no course with this name in its web address. Take it from the course's page."
NOBODY = "The row names nobody. Fill in the e-mail address or the membership number."
TOO_LONG = "This is too long. Shorten it to {} characters."
TWO_PEOPLE = "The e-mail address and the membership number belong to two people. Correct one."
TWICE = "The same as row {}. Leave one of the two out."
OWN = "This is your own training. Another administrator must import it."


class Problem(NamedTuple):
    """Something in a row that keeps it from being imported, and what to do about it."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Row:
    """A row whose facts can be read. Without a member_id nobody was found."""

    number: int
    email: str
    membership_number: str
    course_id: int
    course: str
    completed_on: date
    valid_to: date | None
    provider: str
    member_id: int = 0  # nobody was found

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows the same: who, which course, which day."""
        person = self.member_id or (self.email, self.membership_number)
        return person, self.course_id, self.completed_on


@dataclass
class Plan:
    """What importing a file changes."""

    new: list[Row] = field(default_factory=list)
    known: int = 0
    unmatched: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether importing would change nothing."""
        return not (self.new or self.unmatched)

    @property
    def problem_rows(self) -> set[int]:
        """The numbers of the rows with problems: one row may have several."""
        return {problem.row for problem in self.problems}

    def as_json(self) -> dict[str, Any]:
        words = ("email", "membership_number", "course", "completed_on")
        return {
            "new": len(self.new),
            "known": self.known,
            "unmatched": [
                {"row": row.number, **{name: str(getattr(row, name)) for name in words}}
                for row in self.unmatched
            ],
            "problems": [problem._asdict() for problem in self.problems],
        }


def plan_of(table: Table, *, by: Member | None) -> Plan:
    """Return what importing this table changes today. `by` is None on the command line."""
    plan = Plan()
    rows = _placed(_readable(table, plan), plan, by)
    known, settled = on_record(rows), _settled(rows)
    for row in rows:
        if not row.member_id:
            _sort_stranger(row, plan, settled)
        elif row.key in known:
            plan.known += 1
        else:
            plan.new.append(row)
    plan.problems.sort()
    return plan


def _sort_stranger(row: Row, plan: Plan, settled: set[tuple[object, ...]]) -> None:
    if row.key in settled:  # matched or dismissed before
        plan.known += 1
    else:
        plan.unmatched.append(row)


def _readable(table: Table, plan: Plan) -> Iterator[Row]:
    """Yield the rows whose facts can be read; note what is wrong with the others."""
    courses = dict(CoursePage.objects.values_list("slug", "pk"))
    for number, cells in table.records():
        found = list(_wrong_cells(cells, courses))
        plan.problems += [Problem(number, name, cells[name][:SHOWN], why) for name, why in found]
        completed_on = _day(cells["completed_on"])
        if found or completed_on is None:
            continue
        slug = cells["course"].lower()
        yield Row(
            number=number,
            email=cells["email"].lower(),
            membership_number=cells["membership_number"],
            course_id=courses[slug],
            course=slug,
            completed_on=completed_on,
            valid_to=_day(cells["valid_to"]),
            provider=cells["provider"],
        )


def _wrong_cells(cells: dict[str, str], courses: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the column and the reason of everything that is wrong with a row by itself."""
    if not (cells["email"] or cells["membership_number"]):
        yield "email", NOBODY
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            yield name, TOO_LONG.format(most)
    if cells["course"].lower() not in courses:
        yield "course", NO_COURSE
    yield from _wrong_day_cells(cells)


def _wrong_day_cells(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    completed_on, valid_to = _day(cells["completed_on"]), _day(cells["valid_to"])
    if completed_on is None:
        yield "completed_on", NOT_A_DAY if cells["completed_on"] else NO_DAY
    if cells["valid_to"] and valid_to is None:
        yield "valid_to", NOT_A_DAY
    columns = {"completed": "completed_on", "ends": "valid_to"}
    for which, reason in wrong_days(completed_on, valid_to):
        yield columns[which], reason


def _day(text: str) -> date | None:
    for pattern in DAYS:
        if parts := pattern.fullmatch(text):
            try:
                return date(**{name: int(number) for name, number in parts.groupdict().items()})
            except ValueError:
                return None
    return None


def _placed(readable: Iterable[Row], plan: Plan, by: Member | None) -> list[Row]:
    """Return the rows with the people they name; note rows of two people, and rows twice."""
    rows = list(readable)
    people = find_people((row.email, row.membership_number) for row in rows)
    placed: dict[tuple[object, ...], Row] = {}
    for row in rows:
        found = people.named(row.email, row.membership_number)
        here = replace(row, member_id=min(found, default=0))
        if reason := _wrong_person(found, by):
            plan.problems.append(Problem(row.number, "email", row.email, reason))
        elif (first := placed.setdefault(here.key, here)) is not here:
            day, reason = str(row.completed_on), TWICE.format(first.number)
            plan.problems.append(Problem(row.number, "completed_on", day, reason))
    return list(placed.values())


def _wrong_person(found: set[int], by: Member | None) -> str:
    if len(found) > 1:
        return TWO_PEOPLE
    return OWN if by and by.pk in found else ""


def _settled(rows: list[Row]) -> set[tuple[object, ...]]:
    """Return the keys of rows of people not found that were matched or dismissed since."""
    if all(row.member_id for row in rows):
        return set()
    done = ImportedRow.objects.exclude(settled_at=None)
    facts = done.values_list("email", "membership_number", "course_id", "completed_on")
    return {((email, number), course, day) for email, number, course, day in facts.iterator()}
