"""What the pages of a booking share: whose they are, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from members.kept import own_kept_post
from webinars.audience import closed_to
from webinars.booking.refusals import (
    CannotBook,
    Clash,
    check_member,
    check_session,
    why_it_stays,
)
from webinars.booking.standing import standing, with_standing
from webinars.facts import RECORDED, access, counting
from webinars.models import (
    AccessNeed,
    Attendance,
    Booking,
    CheckIn,
    CheckInCode,
    Session,
    WebinarPage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpResponse, QueryDict

    from members.http import MemberRequest
    from members.models import Member


def own_session(request: MemberRequest, pk: int) -> Session:
    """Return a session with how the person stands with it (`with_standing`).

    To somebody who has nothing to do with it, and could not book it, there is no such page.
    """
    found = with_standing(Session.objects.with_places(), request.user)
    its: Session = get_object_or_404(
        found.select_related("webinar__topic", "webinar__unit", "unit", "recording"), pk=pk
    )
    if standing(its).is_any or (its.webinar.live and not closed_to(its, request.user)):
        return its
    raise Http404


def own_booking(request: MemberRequest, its: Session) -> Booking:
    """Return the person's booking of a session."""
    booking = get_object_or_404(Booking.objects.visible_to(request.user), session=its)
    booking.session = its
    return booking


def need_of(booking: Booking) -> str:
    """Return what somebody said they need, for themself."""
    need = AccessNeed.objects.filter(booking=booking).first()
    return need.text if need else ""


def session_facts(request: MemberRequest, its: Session) -> dict[str, Any]:
    """Return what the page of a session says beside the session itself."""
    own = Booking.objects.visible_to(request.user).filter(session=its).select_related("need")
    if booking := own.first():
        booking.session = its
    seen = Attendance.objects.visible_to(request.user).filter(session=its).first()
    recording = getattr(its, "recording", None)
    return {
        "state": f"webinars/booking/states/{standing(its).state}.html",
        "booking": booking,
        "closed": standing(its).state == "cancelled" and closed_to(its, request.user),
        "may_cancel": booking and standing(its).is_current and not why_it_stays(booking),
        "minutes_there": seen and seen.seconds and seen.seconds // 60,
        "recording": recording if recording and recording.is_published else None,
        "check_in": check_in(request.user, its),
    }


def terms(its: Session) -> list[dict[str, str]]:
    """Return what people want to know before it begins; afterwards nothing of it matters."""
    if not its.takes_bookings:
        return []
    rows = {
        "Access": access(its.webinar),
        "How attendance counts": counting(its.webinar, [its.minutes]),
        "Recording": RECORDED[WebinarPage.Recorded(its.webinar.recorded)],
    }
    return [{"key": key, "value": value} for key, value in rows.items()]


def check_in(member: Member, its: Session) -> str:
    """Return "open" while a code is to be entered, "done" once it was, else ""."""
    is_booked = standing(its).status == Booking.Status.BOOKED
    if not is_booked or not its.has_started or its.is_cancelled:
        return ""
    if CheckIn.objects.filter(session=its, member=member).exists():
        return "done"
    now = timezone.now()
    codes = CheckInCode.objects.filter(session=its, opens_at__lte=now, closes_at__gt=now)
    return "open" if codes.exists() else ""


def refused(its: Session, member: Member) -> dict[str, Any]:
    """Return why somebody cannot book (`refusal`), or what would be at the same time (`clash`)."""
    try:
        check_session(its)
        check_member(its, member)
    except Clash as clash:
        return {"clash": clash}
    except CannotBook as refusal:
        return {"refusal": refusal}
    return {}


def posted_by_reader(request: MemberRequest) -> QueryDict | None:
    """Return what this person posted: now, or just before their session had ended."""
    return request.POST if request.method == "POST" else own_kept_post(request)


def page(
    request: MemberRequest,
    name: str,
    its: Session,
    facts: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a session."""
    context = {
        **(facts or {}),
        "session": its,
        "webinar": its.webinar,
        "standing": standing(its),
        "terms": terms(its),
        "sensitive": its.webinar.is_sensitive,
    }
    return render(request, f"webinars/booking/{name}.html", context, status=status)
