"""What people do with courses: start one, finish a part, begin its quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from courses.editions import current_number, edition_of
from courses.models.records import Completion, Enrolment, StepProgress
from courses.progress import progress_of
from courses.proofs import best_completion, refreshed_by
from courses.signals import course_completed
from members.dates import today
from quizzes.actions import start_sitting

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from courses.models import CoursePage, ModulePage, QuizStepPage
    from courses.progress import CourseProgress
    from courses.renewal import Cover
    from members.models import Member
    from quizzes.models import Sitting


class CannotStart(Exception):  # noqa: N818 (a refusal, not a fault)
    """Somebody may not start this course or this part now; the message says why."""


@transaction.atomic
def enrol(*, course: CoursePage, by: Member) -> Enrolment:
    """Return the member's open round of a course, begun now if need be.

    A round that is complete stays the latest until its renewal opens; then a new one begins.
    """
    _check_may_start(course, by)
    progress = progress_of(by, course)
    if progress.is_open and progress.enrolment:
        _complete_when_done(progress.enrolment, course)
        return progress.enrolment
    if progress.enrolment and not (progress.may_renew or progress.may_start):
        return progress.enrolment
    enrolment, _ = Enrolment.objects.get_or_create(
        member=by,
        course=course,
        cycle=progress.enrolment.cycle + 1 if progress.enrolment else 1,
        defaults={
            "revision_id": course.live_revision_id,
            "edition_number": current_number(course),
            "started_at": timezone.now(),
        },
    )
    return enrolment


@transaction.atomic
def finish_step(*, step: ModulePage, by: Member) -> StepProgress:
    """Remember that `by` has finished this part. Saying it twice changes nothing.

    It never begins a new round of a completed course: only `enrol` does.
    """
    course = step.course
    progress = progress_of(by, course)
    _check_may_finish(step, progress)
    if progress.enrolment and not progress.may_start:
        return _finish(progress.enrolment, step)
    return _finish(enrol(course=course, by=by), step)


@transaction.atomic
def begin_quiz(*, step: QuizStepPage, by: Member) -> Sitting:
    """Start, or take up again, the quiz of a course as a part of the member's open round."""
    enrolment = enrol(course=step.course, by=by)
    line = progress_of(by, step.course).step(step.pk)
    if line is None or line.is_locked:
        raise CannotStart(_locked(line.after if line else ""))
    if line.is_done:
        raise CannotStart("You have already passed this quiz.")
    return start_sitting(quiz=step.quiz, by=by, occasion=enrolment.occasion, return_to=step.address)


def finish_passed_quiz(*, sitting: Sitting) -> None:
    """Finish the parts whose quiz was passed, in the round it was sat for, if there is one."""
    enrolment = Enrolment.objects.open().sat_for(sitting).first()
    if enrolment is None:
        return
    for page in enrolment.course.steps().filter(quizsteppage__quiz_id=sitting.quiz_id):
        _finish(enrolment, page.specific)


def _check_may_start(course: CoursePage, member: Member) -> None:
    if not course.live or not course.steps().exists():
        raise CannotStart("This course is not open at the moment.")
    if course.is_closed_to(member):
        raise CannotStart(f"This course is for people aged {course.minimum_age} and over.")


def _check_may_finish(step: ModulePage, progress: CourseProgress) -> None:
    line = progress.step(step.pk)
    if step.is_quiz or line is None:
        raise CannotStart("This part cannot be finished from here.")
    if line.is_locked:
        raise CannotStart(_locked(line.after))


def _locked(after: str) -> str:
    return f"You cannot start this part yet. Finish “{after}” first."


def _finish(enrolment: Enrolment, step: ModulePage | QuizStepPage) -> StepProgress:
    progress, _ = StepProgress.objects.get_or_create(
        enrolment=enrolment,
        step_id=step.pk,
        defaults={"revision_id": step.live_revision_id, "finished_at": timezone.now()},
    )
    _complete_when_done(enrolment, step.course)
    return progress


def _complete_when_done(enrolment: Enrolment, course: CoursePage) -> None:
    """Write the completion once everything published is finished; never a second one."""
    # Two parts finished at the same moment: the second waits here and then sees the first.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    asked = set(course.steps().values_list("pk", flat=True))
    finished = enrolment.progress.filter(step__in=asked).count()
    if not asked or finished < len(asked):
        return
    if Completion.objects.filter(enrolment=enrolment).exists():
        return
    record_completion(
        member=enrolment.member,
        course=course,
        completed_on=today(),
        source=Completion.Source.COURSE,
        enrolment=enrolment,
    )


@transaction.atomic
def record_completion(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    course: CoursePage,
    completed_on: date,
    source: Completion.Source,
    enrolment: Enrolment | None = None,
    ends_by: date | None = None,
) -> Completion:
    """Write a completion with its cover, stamped by the course's rule, and tell who listens.

    `ends_by` is the last day its own paper says it is valid: it never counts longer. It may have
    ended before it was recorded. Done a refresher, the course it refreshes is renewed with it.
    """
    cover = course.renewal.cover(completed_on, before=_renewed(member, course, completed_on))
    completion = Completion.objects.create(
        member=member,
        course=course,
        enrolment=enrolment,
        revision_id=course.live_revision_id,
        course_title=course.title,
        edition=edition_of(course),
        edition_number=_edition_number(course, enrolment),
        source=source,
        completed_on=completed_on,
        recorded_at=timezone.now(),
        **stamped(cover, completed_on, ends_by),
    )
    course_completed.send(sender=Completion, completion=completion)
    _renew_refreshed(completion)
    return completion


def stamped(cover: Cover, completed_on: date, ends_by: date | None = None) -> dict[str, Any]:
    """Return the fields of a completion that say how long it counts."""
    ends, opens = cover.valid_to, cover.renews_from
    if ends_by and (ends is None or ends_by < ends):
        ends = ends_by
        opens = max(completed_on, min(opens or ends_by, ends_by))
    return {
        "valid_to": ends,
        "renews_from": opens,
        "anchor_on": cover.anchor,
        "periods": cover.periods,
    }


def _renewed(member: Member, course: CoursePage, completed_on: date) -> Completion | None:
    """Return the completion that one of this day renews: the best, if it was there by then."""
    best = best_completion(member, course)
    return best if best and best.completed_on <= completed_on else None


def _edition_number(course: CoursePage, enrolment: Enrolment | None) -> int:
    # A round that a later edition overtook ends in the edition it was begun in.
    if enrolment and Enrolment.objects.with_overtaken().get(pk=enrolment.pk).is_overtaken:
        return enrolment.edition_number
    return current_number(course)


def _renew_refreshed(completion: Completion) -> None:
    """Renew the courses of which this one is the refresher, where renewal is open."""
    if completion.source != Completion.Source.COURSE:
        return
    member, day = completion.member, completion.completed_on
    for course in refreshed_by(completion.course, member, on=day):
        record_completion(
            member=member, course=course, completed_on=day, source=Completion.Source.REFRESHER
        )
