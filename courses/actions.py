"""What people do with courses: start one, finish a part, begin its quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from courses.attended import count_earlier, count_quiz, is_made_good, noted_for
from courses.models.records import Enrolment
from courses.progress import progress_of
from courses.rounds import begin_round, complete_when_done, finish
from quizzes.actions import start_sitting

if TYPE_CHECKING:
    from courses.models import CoursePage, ModulePage, QuizStepPage, WebinarStepPage
    from courses.models.records import StepProgress
    from courses.progress import CourseProgress
    from members.models import Member
    from quizzes.models import Sitting


AFTER_THE_WEBINAR = "These questions open once it is recorded that you were at the webinar."


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
        if progress.next_step is None:  # what was missing may have left the course
            complete_when_done(progress.enrolment, course)
        return progress.enrolment
    if progress.enrolment and not (progress.may_renew or progress.may_start):
        return progress.enrolment
    enrolment = begin_round(course=course, member=by, progress=progress)
    if progress.last_completion is None:
        count_earlier(enrolment)
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
        return finish(progress.enrolment, step)
    return finish(enrol(course=course, by=by), step)


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


@transaction.atomic
def begin_quiz_of_webinar(*, step: WebinarStepPage, by: Member) -> Sitting:
    """Start, or take up again, the quiz after a webinar that this person was at."""
    progress = progress_of(by, step.course)
    line = progress.step(step.pk)
    if line is None or line.is_locked:
        raise CannotStart(_locked(line.after if line else ""))
    if line.is_done:
        raise CannotStart("You have finished this part already.")
    noted = noted_for(progress.enrolment, step) if progress.is_open else None
    if step.quiz is None or noted is None or not is_made_good(noted):
        raise CannotStart(AFTER_THE_WEBINAR)
    occasion = noted.enrolment.occasion
    return start_sitting(quiz=step.quiz, by=by, occasion=occasion, return_to=step.address)


def finish_passed_quiz(*, sitting: Sitting) -> None:
    """Finish the parts whose quiz was passed, in the round it was sat for, if there is one.

    The quiz of a webinar is enough for those who were there.
    """
    enrolment = Enrolment.objects.open().sat_for(sitting).first()
    if enrolment is None:
        return
    quiz = sitting.quiz_id
    asking = Q(quizsteppage__quiz=quiz) | Q(webinarsteppage__quiz=quiz)
    for page in enrolment.course.steps().filter(asking):
        step = page.specific
        if step.is_webinar:
            count_quiz(enrolment, step)
        else:
            finish(enrolment, step)


def _check_may_start(course: CoursePage, member: Member) -> None:
    if not course.live or not course.steps().exists():
        raise CannotStart("This course is not open at the moment.")
    if course.is_closed_to(member):
        raise CannotStart(f"This course is for people aged {course.minimum_age} and over.")


def _check_may_finish(step: ModulePage, progress: CourseProgress) -> None:
    line = progress.step(step.pk)
    if not step.is_lesson or line is None:
        raise CannotStart("This part cannot be finished from here.")
    if line.is_locked:
        raise CannotStart(_locked(line.after))


def _locked(after: str) -> str:
    return f"You cannot start this part yet. Finish “{after}” first."
