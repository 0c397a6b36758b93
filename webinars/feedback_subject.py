"""Sessions as something that people are asked about, before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from feedback.models import Tally
from feedback.subjects import Subject, register
from webinars.models import Attendance, Booking, Session

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member

PREFIX = "session"
ASKED_FOR = timedelta(days=14)  # after the end


def connect() -> None:
    """Let feedback find sessions."""
    register(PREFIX, find)


def find(number: int, member: Member) -> Subject | None:
    """Return a session as it is for this person."""
    mine = {"session": OuterRef("pk"), "member": member}
    session: Any = (
        Session.objects.select_related("webinar")
        .annotate(
            has_place=Exists(Booking.objects.booked().filter(**mine)),
            outcome=Subquery(Attendance.objects.filter(**mine).values("outcome")[:1]),
        )
        .filter(pk=number)
        .first()
    )
    if session is None:
        return None
    return Subject(
        about=f"{PREFIX}:{session.pk}",
        title=str(session.webinar.title),
        back=session.get_absolute_url(),
        moment=_moment(session, has_place=session.has_place, outcome=session.outcome),
        sensitive=session.webinar.is_sensitive,
        desk=reverse("webinars:hosting", args=[session.pk]),
        may_see_totals=lambda: Session.objects.hosted_by(member).filter(pk=session.pk).exists(),
    )


def _moment(session: Session, *, has_place: bool, outcome: str | None) -> str:
    """Return what somebody may answer now: who has a place before it starts, who was there, or
    had a place and may have been there, for two weeks from its end."""
    if session.is_cancelled:
        return ""
    if not session.has_started:
        return Tally.Moment.BEFORE if has_place else ""
    was_there = outcome not in {None, Attendance.Outcome.ABSENT} or (has_place and outcome is None)
    open_now = session.ends_at <= timezone.now() < session.ends_at + ASKED_FOR
    return Tally.Moment.AFTER if was_there and open_now else ""
