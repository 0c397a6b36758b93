"""In which round of which course people's attendance counts: noted for many at once.

However many they are, it takes so many queries for each CHUNK of them. Nothing is finished here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone
from wagtail.models import Page

from courses.models.attended import Attended
from courses.progress import standings
from courses.rounds import begin_rounds, hold_all
from members.models import Member
from webinars.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courses.models import CoursePage, WebinarStepPage
    from courses.models.records import Enrolment

CHUNK = 500
One = TypeVar("One")


def note_attendance(rows: Sequence[Attendance]) -> None:
    """Note for what these people's attendance at one session counts, where it does not yet.

    For every part of a course that asks for the webinar. Nothing is noted where no round is open
    and none may begin (too young, a closed course, done and not yet to renew).
    """
    for step in _steps_about(rows[0].session.webinar_id) if rows else ():
        for some in in_chunks(rows):
            _note(some, step)


def in_chunks(rows: Sequence[One], size: int = CHUNK) -> Iterator[Sequence[One]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _steps_about(webinar_id: int) -> list[WebinarStepPage]:
    """Return the published parts, of published courses, that ask for this webinar."""
    pages = Page.objects.live().filter(webinarsteppage__webinar=webinar_id).order_by("pk")
    steps = [page.webinarsteppage for page in pages.select_related("webinarsteppage")]
    return [step for step in steps if step.course.live]


def _note(rows: Sequence[Attendance], step: WebinarStepPage) -> None:
    known = Attended.objects.filter(step=step.pk, attendance__in=[row.pk for row in rows])
    noted = set(known.values_list("attendance", flat=True))
    new = [row for row in rows if row.pk not in noted]
    rounds = _rounds_for(new, step.course) if new else {}
    if not rounds:
        return
    hold_all(rounds.values())
    theirs = {rounds[row.member_id].pk: row for row in new if row.member_id in rounds}
    Attended.objects.bulk_create(
        [Attended(enrolment_id=pk, step_id=step.pk, attendance=row) for pk, row in theirs.items()],
        ignore_conflicts=True,  # something is noted already: is it better?
    )
    whole = {pk: row for pk, row in theirs.items() if row.is_full}
    less = Attended.objects.filter(step=step.pk, enrolment__in=whole)
    worse = list(less.exclude(attendance__outcome=Attendance.Outcome.ATTENDED))
    for one in worse:
        one.attendance = whole[one.enrolment_id]
    Attended.objects.bulk_update(worse, ["attendance"])


def _rounds_for(rows: Sequence[Attendance], course: CoursePage) -> dict[int, Enrolment]:
    """Return, by member, the rounds in which this counts, begun if need be.

    What is not after the completion that counts already says nothing new.
    """
    people = Member.objects.in_bulk([row.member_id for row in rows])
    able = [pk for pk, member in people.items() if not course.is_closed_to(member)]
    day, rounds, begin = timezone.localdate(rows[0].session.ends_at), {}, {}
    for pk, standing in standings(able, course).items():
        done = standing.last_completion
        if done and day <= done.completed_on:
            continue
        if standing.is_open and standing.enrolment:
            rounds[pk] = standing.enrolment
        elif standing.may_start or standing.may_renew:
            begin[pk] = standing
    return rounds | begin_rounds(course, begin)
