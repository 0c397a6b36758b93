"""What one person must do, is doing and has done: the floors put together, read-only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from compliance.duty.duties import for_member, merged
from compliance.duty.status import Status
from courses.models import Completion, CoursePage
from courses.progress import progress_of
from courses.proofs import best_of, capped
from members.dates import add_period, today
from members.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from courses.progress import CourseProgress
    from members.models import Member

MONTHS_OF_VIEWS = 12
MOST_EVENTS = 500
MOST_ENTRIES = 50


@dataclass(frozen=True)
class Learning:
    """A person's training on one day."""

    duties: Sequence[Duty]
    current: CourseProgress | None
    completions: Sequence[Completion]

    @property
    def to_do(self) -> list[Duty]:
        """The duties that ask for something now or soon."""
        done = (Status.COVERED, Status.EXEMPT)
        return [duty for duty in self.duties if duty.status not in done]

    @property
    def lines(self) -> list[tuple[Duty, date | None]]:
        """Each duty with the last day it would be covered if its course were finished today."""
        return [(duty, self._covered_if_today(duty)) for duty in self.duties]

    def _covered_if_today(self, duty: Duty) -> date | None:
        if duty not in self.to_do:
            return None
        course = duty.courses[0]
        standing = [done for done in self.completions if not done.is_revoked]
        best = best_of(done for done in standing if done.course_id == course.pk)
        return course.valid_to(today(), before=best)


def learning_of(member: Member) -> Learning:
    """Return this person's duties, the course they are in, and what they completed."""
    completions = (
        Completion.objects.filter(member=member)
        .select_related("certificate", "course", "revocation")
        .with_overtaken()
        .order_by("-completed_on", "-pk")
    )
    return Learning(
        duties=merged(for_member(member)),
        current=current_course(member),
        completions=capped(completions),
    )


def current_course(member: Member) -> CourseProgress | None:
    """Return the course this person is half-way through, the latest first."""
    enrolment = (
        member.enrolments.current()
        .filter(course__live=True)
        .select_related("course")
        .order_by("-started_at", "-pk")
        .first()
    )
    return progress_of(member, enrolment.course) if enrolment else None


def other_courses(duties: Sequence[Duty]) -> list[CoursePage]:
    """Return the published courses that no duty of these asks for."""
    asked = [course.pk for duty in duties for course in duty.courses]
    return list(CoursePage.objects.live().exclude(pk__in=asked).order_by("path"))


def views_of_record(member: Member) -> list[AuditEvent]:
    """Return who else looked at, or changed, this person's record in the last twelve months.

    The same deed by the same person on one day is one entry, with the last time.
    """
    since = add_period(today(), months=-MONTHS_OF_VIEWS)
    events = AuditEvent.objects.about(member).filter(at__date__gte=since)
    entries: dict[tuple[object, ...], AuditEvent] = {}
    for event in events.select_related("actor", "unit")[:MOST_EVENTS]:
        what = (timezone.localdate(event.at), event.actor_id, event.unit_id, event.action)
        entries.setdefault(what, event)
    return list(entries.values())[:MOST_ENTRIES]
