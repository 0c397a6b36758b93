"""Finishing the parts that rest on attendance which is noted, person by person."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from courses.attended import look_again
from courses.models.attended import Attended
from courses.models.records import OCCASION, Enrolment, StepProgress
from courses.revoking import ATTENDANCE_TAKEN_BACK
from quizzes.models import Sitting
from webinars.models import Attendance, Watching
from webinars.recordings.verbs import MADE_UP_FOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)


def to_finish() -> QuerySet[Attended]:
    """Return what is noted and enough, and whose part is not finished yet.

    Once looked at it is finished, and no longer in here: attendance that rightly counts for
    nothing is not noted, and what waits for its quiz is not enough. Only who has passed the quiz
    and watched a piece of what they missed stays, to be looked at, until they have watched enough.
    """
    whole = Q(attendance__outcome=Attendance.Outcome.ATTENDED)
    in_part = Q(attendance__outcome__in=MADE_UP_FOR) & Exists(_watched())
    without_quiz = Q(step__webinarsteppage__quiz=None) & whole
    open_rounds = Attended.objects.filter(~finished(), enrolment__completion=None)
    return open_rounds.filter(without_quiz | (Exists(_passed()) & (whole | in_part)))


def finished() -> Exists:
    """Whether the part is finished for which this is noted."""
    here = {"enrolment": OuterRef("enrolment"), "step": OuterRef("step")}
    return Exists(StepProgress.objects.filter(**here))


def finish_each(ids: Iterable[int]) -> tuple[int, int]:
    """Look at each of these again (ids of Attended); return how many that were, how many failed.

    Each in a transaction of its own: nobody waits because somebody else's cannot be finished. What
    was taken back meanwhile is gone; what is finished already stays as it is.
    """
    looked = failed = 0
    noted = Attended.objects.filter(pk__in=list(ids)).select_related("enrolment")
    for one in noted.order_by("enrolment_id", "pk"):
        try:
            look_again(one)
            looked += 1
        except Exception:
            logger.exception("What somebody attended (%s) could not be counted", one.pk)
            failed += 1
    return looked, failed


def _watched() -> QuerySet[Watching]:
    session, member = OuterRef("attendance__session"), OuterRef("attendance__member")
    begun = Watching.objects.filter(recording__session=session, member=member)
    return begun.exclude(parts=0, said_so_at=None)


def _passed() -> QuerySet[Enrolment]:
    """Return the rounds whose passed quiz counts: those of `courses.rounds.taken_up_by`."""
    sat = Sitting.objects.filter(
        member=OuterRef("member"),
        quiz=OuterRef(OuterRef("step__webinarsteppage__quiz")),
        occasion=Concat(Value(f"{OCCASION}:"), Cast(OuterRef("pk"), CharField())),
        passed=True,
    )
    not_taken_back = Enrolment.objects.filter(
        member=OuterRef("member"),
        course=OuterRef("course"),
        cycle__gte=OuterRef("cycle"),
        cycle__lt=OuterRef(OuterRef("enrolment__cycle")),
    ).exclude(completion__revocation__reason=ATTENDANCE_TAKEN_BACK)
    rounds = Enrolment.objects.filter(
        member=OuterRef("enrolment__member"),
        course=OuterRef("enrolment__course"),
        cycle__lte=OuterRef("enrolment__cycle"),
    )
    return rounds.filter(Exists(sat), ~Exists(not_taken_back))
