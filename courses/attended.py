"""What being there counts for: from attendance at a webinar to a finished part of a course.

Attendance, the rest of the recording and the quiz come in any order, and at the same moment. So
each of them looks at all of it anew, holding the round: `_look_again`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.models.attended import Attended
from courses.models.records import Completion, StepProgress
from courses.progress import progress_of
from courses.revoking import take_back_completion
from courses.rounds import begin_round, finish, hold, taken_up_by
from quizzes.models import Sitting
from webinars.models import Attendance
from webinars.recordings.verbs import has_watched

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from courses.models import CoursePage, WebinarStepPage
    from courses.models.records import Enrolment
    from members.models import Member
    from webinars.models import Session

WAS_THERE = (Attendance.Outcome.ATTENDED, Attendance.Outcome.PART, Attendance.Outcome.UNKNOWN)


@transaction.atomic
def count_attendance(*, attendance: Attendance) -> None:
    """Let attendance count for every part of a course that asks for its webinar.

    Nothing happens where no round is open and none may begin (too young, a closed course, done
    and not yet to renew). It never fails because of one person: many are confirmed together.
    """
    if attendance.outcome not in WAS_THERE:
        take_back_attendance(attendance=attendance, by=attendance.decided_by)
        return
    before = _counted(attendance)
    for noted in before:
        _look_again(noted, by=attendance.decided_by)
    still = _counted(attendance) if before else before  # those that stand
    counted = {noted.step_id for noted in still}
    for step in _steps_about(attendance.session.webinar_id):
        if step.pk not in counted and (enrolment := _round_for(attendance, step.course)):
            _count(enrolment, step, attendance)


@transaction.atomic
def take_back_attendance(*, attendance: Attendance, by: Member | None) -> None:
    """Let attendance no longer count, unless the person was there at another time.

    What is not complete yet is unfinished again; a completion is revoked, with its certificate.
    """
    for noted in _counted(attendance):
        if other := _at_another_time(noted):
            noted.attendance = other
            noted.save(update_fields=["attendance"])
            _look_again(noted, by=by)
        else:
            _unfinish(noted, by=by)
            Attended.objects.filter(pk=noted.pk).delete()


@transaction.atomic
def count_recording(*, member: Member, session: Session) -> None:
    """Look again at what a person was at in part, now that they have watched the rest."""
    for noted in _all().filter(attendance__session=session, attendance__member=member):
        _look_again(noted)


def count_quiz(enrolment: Enrolment, step: WebinarStepPage) -> None:
    """Look again at a webinar of this round, now that its quiz is passed."""
    hold(enrolment)
    for noted in _all().filter(enrolment=enrolment, step=step.pk):
        _look_again(noted)


def count_earlier(enrolment: Enrolment) -> None:
    """Let count, in somebody's first round, what they attended before the course asked for it."""
    for page in enrolment.course.steps().exclude(webinarsteppage=None):
        step: WebinarStepPage = page.webinarsteppage
        used = Attended.objects.filter(enrolment__member=enrolment.member_id, step=step.pk)
        there = _there(enrolment.member_id, step.webinar_id)
        if best := _best(there.exclude(pk__in=used.values("attendance"))):
            _count(enrolment, step, best)


def is_in_a_course(webinar_id: int) -> bool:
    """Whether any course has this webinar as a part."""
    return bool(Page.objects.filter(webinarsteppage__webinar=webinar_id).exists())


def noted_for(enrolment: Enrolment | None, step: WebinarStepPage) -> Attended | None:
    """Return the attendance that counts for this part in this round."""
    return _all().filter(enrolment=enrolment, step=step.pk).first() if enrolment else None


def is_made_good(noted: Attended) -> bool:
    """Whether somebody was there for long enough, or has watched what they missed."""
    was_at = noted.attendance
    if was_at.is_full:
        return True
    return was_at.is_part and has_watched(was_at.member, was_at.session)


def _all() -> QuerySet[Attended]:
    return Attended.objects.select_related(
        "attendance__session__webinar", "attendance__member", "enrolment", "step__webinarsteppage"
    )


def _counted(attendance: Attendance) -> list[Attended]:
    return list(_all().filter(attendance=attendance))


def _steps_about(webinar_id: int) -> Iterable[WebinarStepPage]:
    """Return the published parts, of published courses, that ask for this webinar."""
    pages = Page.objects.live().filter(webinarsteppage__webinar=webinar_id)
    steps = [page.webinarsteppage for page in pages.select_related("webinarsteppage")]
    return [step for step in steps if step.course.live]


def _round_for(attendance: Attendance, course: CoursePage) -> Enrolment | None:
    """Return the round in which this attendance counts, begun if need be; None if there is none.

    What is not after the completion that counts already says nothing new.
    """
    member = attendance.member
    if course.is_closed_to(member):
        return None
    progress = progress_of(member, course)
    done = progress.last_completion
    if done and timezone.localdate(attendance.session.ends_at) <= done.completed_on:
        return None
    if progress.is_open:
        return progress.enrolment
    if progress.may_start or progress.may_renew:
        return begin_round(course=course, member=member, progress=progress)
    return None


def _count(enrolment: Enrolment, step: WebinarStepPage, attendance: Attendance) -> None:
    """Note that this counts, unless something better is noted already."""
    noted, is_new = Attended.objects.get_or_create(
        enrolment=enrolment, step_id=step.pk, defaults={"attendance": attendance}
    )
    if is_new or (attendance.is_full and not noted.attendance.is_full):
        noted.attendance = attendance
        noted.save(update_fields=["attendance"])
    _look_again(noted)


def _look_again(noted: Attended, *, by: Member | None = None) -> None:
    """Finish the part if that is enough by now; take it back if it is enough no longer."""
    hold(noted.enrolment)  # what comes at the same moment waits here, and then sees this
    step: WebinarStepPage = noted.step.webinarsteppage
    if not is_made_good(noted):
        _unfinish(noted, by=by)
        return
    over = Completion.objects.filter(enrolment=noted.enrolment_id).exists()
    if not over and (since := _enough_since(noted, step)):
        finish(noted.enrolment, step, at=since)


def _enough_since(noted: Attended, step: WebinarStepPage) -> datetime | None:
    """Return when the part was finished, of what was made good; None while something lacks."""
    now, was_at = timezone.now(), noted.attendance
    since = min(was_at.session.ends_at, now)
    if step.quiz_id is None:
        return since if was_at.is_full else None
    passed = _passed(noted.enrolment, step.quiz_id)
    if passed is None or passed.marked_at is None:
        return None
    return max(since, passed.marked_at) if was_at.is_full else now


def _passed(enrolment: Enrolment, quiz_id: int) -> Sitting | None:
    occasions = [each.occasion for each in taken_up_by(enrolment)]
    sat = Sitting.objects.filter(
        member=enrolment.member_id, quiz=quiz_id, occasion__in=occasions, passed=True
    )
    found: Sitting | None = sat.order_by("marked_at").first()
    return found


def _unfinish(noted: Attended, *, by: Member | None) -> None:
    """Take back a part that rests on attendance, and with it what is complete.

    A completion is revoked only by somebody: without a person nothing is taken back.
    """
    hold(noted.enrolment)
    finished = StepProgress.objects.filter(enrolment=noted.enrolment_id, step=noted.step_id)
    done = Completion.objects.filter(enrolment=noted.enrolment_id).first()
    if done is None:
        finished.delete()
    elif by and finished.exists():
        take_back_completion(completion=done, by=by)
        Attended.objects.filter(pk=noted.pk).delete()  # it may count in another round, for less


def _at_another_time(noted: Attended) -> Attendance | None:
    """Return the person's best attendance at the same webinar that counts for nothing yet."""
    step: WebinarStepPage = noted.step.webinarsteppage
    member = noted.enrolment.member_id
    used = Attended.objects.filter(step=step.pk, enrolment__member=member).values("attendance")
    done = Completion.objects.standing().filter(member=member, course=noted.enrolment.course_id)
    earlier = done.exclude(enrolment=noted.enrolment_id).order_by("-completed_on").first()
    there = _there(member, step.webinar_id).exclude(pk__in=used)
    if earlier:
        there = there.filter(session__ends_at__date__gt=earlier.completed_on)
    return _best(there)


def _there(member_id: int, webinar_id: int) -> QuerySet[Attendance]:
    there: QuerySet[Attendance] = Attendance.objects.filter(
        member=member_id, session__webinar=webinar_id, outcome__in=WAS_THERE
    )
    return there.select_related("session__webinar", "member").order_by("-session__ends_at")


def _best(found: Iterable[Attendance]) -> Attendance | None:
    """Return the latest at which somebody stayed; else the latest at all."""
    return max(found, key=lambda one: one.is_full, default=None)
