"""The page of a webinar in a course: when it is, whether it was attended, and its quiz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from courses.actions import begin_quiz_of_webinar
from courses.attended import is_made_good, noted_for
from courses.progress import progress_of
from courses.reading import answer, begin, reader_of, wall_before
from quizzes.attempts import chances
from webinars.audience import closed_to, open_sessions
from webinars.models import Attendance, Booking, Recording, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from courses.models import WebinarStepPage
    from courses.progress import CourseProgress
    from members.models import Member
    from quizzes.attempts import Chances
    from webinars.models import WebinarPage

SHOWN = 3  # sessions to choose from; the others are on the webinar's own page


@dataclass(frozen=True)
class Standing:
    """Where one person stands with the webinar of a course."""

    was_at: Attendance | None = None  # what counts in this round
    is_made_good: bool = False  # they were there for long enough, or have watched the rest
    recording: Recording | None = None  # of what they missed, if it can be watched
    chances: Chances | None = None  # at the quiz, when it is open to them

    @property
    def minutes(self) -> int | None:
        """How long they were there; None if nobody knows."""
        seconds = self.was_at.seconds if self.was_at else None
        return None if seconds is None else seconds // 60


@dataclass(frozen=True)
class Dates:
    """When one person can go: the place they have, or sessions that are open to them."""

    booking: Booking | None = None  # the next one
    awaited: Booking | None = None  # it is over, and nobody has said yet who was there
    sessions: Iterable[Session] = ()
    refusal: str = ""  # why there is none for them


def webinar_step(request: HttpRequest, page: WebinarStepPage) -> HttpResponse:
    """Show what there is to do for this part; on POST begin its quiz."""
    reader = reader_of(request)
    progress = progress_of(reader, page.course)
    if wall := wall_before(request, page, progress):
        return wall
    if request.method == "POST" and reader:
        return begin(request, page, lambda: begin_quiz_of_webinar(step=page, by=reader))
    step = progress.step(page.pk)
    webinar = page.webinar if page.webinar_id else None
    standing = _standing(reader, page, progress)
    settled = (step and step.is_done and not progress.may_renew) or standing.is_made_good
    dates = _dates(reader, webinar) if webinar and not settled else None
    return answer(
        request,
        page,
        page.course,
        progress=progress,
        step=step,
        webinar=webinar,
        quiz=page.quiz,
        standing=standing,
        dates=dates,
        chances=standing.chances,
    )


def _standing(reader: Member | None, page: WebinarStepPage, progress: CourseProgress) -> Standing:
    enrolment = progress.enrolment
    noted = None if progress.may_renew else noted_for(enrolment, page)
    if reader is None or noted is None:
        return Standing()
    was_at, made_good = noted.attendance, is_made_good(noted)
    recordings = Recording.objects.filter(session=was_at.session, is_published=True)
    sits = made_good and progress.is_open and page.quiz
    return Standing(
        was_at=was_at,
        is_made_good=made_good,
        recording=recordings.first() if was_at.is_part else None,
        chances=chances(quiz=page.quiz, member=reader, occasion=noted.enrolment.occasion)
        if sits and page.quiz
        else None,
    )


def _dates(reader: Member | None, webinar: WebinarPage) -> Dates:
    """Return what to book. An editor's preview shows what is open to everybody."""
    coming = Session.objects.filter(webinar=webinar).published().standing().upcoming()
    if reader is None:
        return Dates(sessions=open_sessions(None, coming)[:SHOWN])
    if refusal := closed_to(webinar, reader):
        return Dates(refusal=refusal)
    mine = Booking.objects.filter(member=reader, session__webinar=webinar).select_related("session")
    mine = mine.filter(session__cancelled_at=None)
    booked = mine.active().filter(session__in=coming.order_by()).order_by("session__starts_at")
    booking = booked.first()
    over = mine.booked().filter(
        session__ends_at__lte=timezone.now(), session__attendance_closed_at=None
    )
    decided = Attendance.objects.filter(member=reader).values("session")
    free = open_sessions(reader, coming)
    return Dates(
        booking=booking,
        awaited=over.exclude(session__in=decided).order_by("-session__ends_at").first(),
        sessions=(free.exclude(pk=booking.session_id) if booking else free)[:SHOWN],
    )
