"""What being there counts for: from attendance at a webinar to a finished part of a course.

Attendance, the rest of the recording and the quiz come in any order, and at the same moment. So
each of them looks at all of it anew, holding the round: `look_again`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.models.attended import Attended
from courses.models.records import Completion, Enrolment, StepProgress
from courses.revoking import take_back_completion
from courses.rounds import finish, hold, taken_up_by
from quizzes.models import Sitting
from webinars.models import Attendance
from webinars.recordings.verbs import has_watched

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from courses.models import WebinarStepPage
    from members.models import Member
    from webinars.models import Session

WAS_THERE = (Attendance.Outcome.ATTENDED, Attendance.Outcome.PART, Attendance.Outcome.UNKNOWN)


@transaction.atomic
def take_back_attendance(rows: Iterable[Attendance], *, by: Member | None) -> None:
    """Let attendance no longer count, unless the person was there at another time.

    What is not complete yet is unfinished again; a completion is revoked, with its certificate.
    """
    for noted in counted(rows):
        hold(noted.enrolment)
        if other := _at_another_time(noted):
            noted.attendance = other
            noted.save(update_fields=["attendance"])
            look_again(noted, by=by)
        else:
            _unfinish(noted, by=by)
            Attended.objects.filter(pk=noted.pk).delete()


@transaction.atomic
def count_recording(*, member: Member, session: Session) -> None:
    """Look again at what a person was at in part, now that they have watched the rest."""
    for noted in everything().filter(attendance__session=session, attendance__member=member):
        look_again(noted)


def count_quiz(enrolment: Enrolment, step: WebinarStepPage) -> None:
    """Look again at a webinar of this round, now that its quiz is passed."""
    hold(enrolment)
    for noted in everything().filter(enrolment=enrolment, step=step.pk):
        look_again(noted)


def count_earlier(enrolment: Enrolment) -> None:
    """Let count, in somebody's first round, what they attended before the course asked for it."""
    for page in enrolment.course.steps().exclude(webinarsteppage=None):
        step: WebinarStepPage = page.webinarsteppage
        used = Attended.objects.filter(enrolment__member=enrolment.member_id, step=step.pk)
        there = _there(enrolment.member_id, step.webinar_id)
        if best := _best(there.exclude(pk__in=used.values("attendance"))):
            noted, _ = Attended.objects.get_or_create(
                enrolment=enrolment, step_id=step.pk, defaults={"attendance": best}
            )
            look_again(noted)


def is_in_a_course(webinar_id: int) -> bool:
    """Whether any course has this webinar as a part."""
    return bool(Page.objects.filter(webinarsteppage__webinar=webinar_id).exists())


def noted_for(enrolment: Enrolment | None, step: WebinarStepPage) -> Attended | None:
    """Return the attendance that counts for this part in this round."""
    return everything().filter(enrolment=enrolment, step=step.pk).first() if enrolment else None


def is_made_good(noted: Attended) -> bool:
    """Whether somebody was there for long enough, or has watched what they missed."""
    was_at = noted.attendance
    if was_at.is_full:
        return True
    return was_at.is_part and has_watched(was_at.member, was_at.session)


def everything() -> QuerySet[Attended]:
    """Return all that is noted, with what it takes to look at it."""
    return Attended.objects.select_related(
        "attendance__session__webinar",
        "attendance__member",
        "enrolment__course",
        "enrolment__completion",
        "step__webinarsteppage",
    )


def counted(rows: Iterable[Attendance]) -> QuerySet[Attended]:
    """Return what these rows of attendance count for; always in the same order."""
    noted = Attended.objects.filter(attendance__in=[row.pk for row in rows])
    return noted.select_related("enrolment", "step__webinarsteppage").order_by("enrolment_id", "pk")


@transaction.atomic
def look_again(noted: Attended, *, by: Member | None = None) -> None:
    """Finish the part if that is enough by now; take it back if it is enough no longer.

    What comes at the same moment waits here, and then sees this: so it is read anew.
    """
    hold(noted.enrolment)
    now = everything().filter(pk=noted.pk).first()
    if now is None:
        return
    if not is_made_good(now):
        _unfinish(now, by=by)
        return
    step: WebinarStepPage = now.step.webinarsteppage
    over = hasattr(now.enrolment, "completion")
    if not over and (since := _enough_since(now, step)):
        step.course, now.enrolment.member = now.enrolment.course, now.attendance.member
        finish(now.enrolment, step, at=since)


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

    A completion is revoked only by somebody: without a person nothing is taken back. Called by
    whoever holds the round.
    """
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
