"""The demonstration's webinars, so that their pages have life."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from courses.models import WebinarStepPage
from tests.webinars.recordings import a_recording
from training.demo.webinars import ESSENTIALS, SPEAKING_UP, report_file
from webinars.attendance.staging import stage
from webinars.booking.verbs import book
from webinars.models import Attendance, Session, Visitor, WebinarPage

if TYPE_CHECKING:
    from members.models import Member

A_MONTH = dt.timedelta(days=30)


def webinars(host: Member, member: Member, councillor: Member) -> dict[str, object]:
    """Return the sessions by what is the matter with them; a report waits for its host."""
    now, standing = timezone.now(), Session.objects.standing()
    yesterday = standing.past().filter(bookings__member=councillor).first()
    full = standing.upcoming().filter(webinar__slug=ESSENTIALS).first()
    book(session=full, by=member, needs="I follow the captions.")
    file = stage(
        session=yesterday, data=report_file().read_bytes(), name="zoom-report.csv", by=host
    )
    in_part = Attendance.objects.get(member=member, outcome=Attendance.Outcome.PART)
    a_recording(in_part.session)
    return {
        "webinar": WebinarPage.objects.get(slug=ESSENTIALS).pk,
        "live_step": WebinarStepPage.objects.first().address,
        "on_now": standing.filter(starts_at__lte=now, ends_at__gt=now).first().pk,
        "evening": standing.upcoming()
        .filter(webinar__slug=SPEAKING_UP, bookings__member=member, starts_at__gt=now)
        .first()
        .pk,
        "full": full.pk,
        "yesterday": yesterday.pk,
        "in_part": in_part.session_id,
        "report": file.pk,
        "doubtful": Visitor.objects.to_settle().first().pk,
    }
