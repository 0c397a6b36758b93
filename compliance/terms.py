"""What a requirement asks, as the query needs it: plain values and the day's thresholds.

All arithmetic with dates is done here, once per requirement; the query only compares days. So the
query is the same on every database, and a requirement can be tried out before it is saved.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from compliance.models import Requirement
from compliance.status import DUE_SOON_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from courses.models import CoursePage
    from members.models import Tenure

NEVER = date.min
FOR_GOOD = date.max


@dataclass(frozen=True)
class Terms:
    """A requirement with all that it names."""

    requirement: Requirement
    kind_ids: Sequence[int]
    courses: Sequence[CoursePage]

    @property
    def path(self) -> str:
        """The tree path of the unit it is for; empty for the whole party."""
        return self.requirement.unit.path if self.requirement.unit else ""

    def oblige(self, tenure: Tenure) -> bool:
        """Return whether this tenure is a reason for the duty."""
        return tenure.post_kind_id in self.kind_ids and tenure.unit.path.startswith(self.path)

    def first_due(self, since: date) -> date:
        """Return the last day in time for somebody in post since then."""
        anchor = max(since, self.requirement.applies_from)
        return anchor + timedelta(days=self.requirement.grace_days)

    def thresholds(self, on: date) -> tuple[date, date, date]:
        """Return the three days that tell how a duty stands on that day.

        Somebody in post since before the first is late; since before the second, due soon; a
        completion valid to the third or sooner may be renewed. Where several courses are enough,
        the longest renewal window counts.
        """
        late = on - timedelta(days=self.requirement.grace_days)
        window = max((course.renewal_window_days for course in self.courses), default=0)
        return (
            self._if_begun(late),
            self._if_begun(late + timedelta(days=DUE_SOON_DAYS + 1)),
            on + timedelta(days=window),
        )

    def _if_begun(self, day: date) -> date:
        # Nobody's time runs before the requirement does, however long they have been in post.
        return day if self.requirement.applies_from < day else NEVER


def in_force(*, on: date) -> list[Terms]:
    """Return the terms of all requirements in force on that day, in two queries."""
    return terms_of(Requirement.objects.in_force(on=on))


def terms_of(requirements: Iterable[Requirement]) -> list[Terms]:
    """Return the terms of these saved requirements (a QuerySet is not evaluated by itself)."""
    through: Any = Requirement.post_kinds.through  # the stubs do not know a hidden table
    links = through.objects.filter(requirement__in=requirements)
    found: dict[int, Requirement] = {}
    kinds = defaultdict(list)
    for link in links.select_related("requirement__unit").order_by("requirement__title", "pk"):
        found.setdefault(link.requirement_id, link.requirement)
        kinds[link.requirement_id].append(link.postkind_id)
    courses = _courses_of(found)
    return [Terms(requirement, kinds[pk], courses[pk]) for pk, requirement in found.items()]


def _courses_of(requirements: Iterable[int]) -> dict[int, list[CoursePage]]:
    through: Any = Requirement.courses.through
    links = through.objects.filter(requirement__in=list(requirements))
    courses = defaultdict(list)
    for link in links.select_related("coursepage").order_by("coursepage__title", "pk"):
        courses[link.requirement_id].append(link.coursepage)
    return courses
