"""The host's desk: the sessions somebody runs, and the page of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from webinars.host.guard import for_hosts, of_hosted
from webinars.host.messages import is_too_late
from webinars.host.people import sees_names
from webinars.meetings import bigbluebutton
from webinars.meetings.bigbluebutton import MeetingUnavailable
from webinars.meetings.entering import way_in
from webinars.models import AccessNeed, Attendance, Session
from webinars.opening import webinars_to_open

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.paginator import Page
    from django.http import HttpResponse

    from members.http import MemberRequest
    from members.models import Member
    from webinars.models.session import SessionQuerySet

PAGE_SIZE = 20
NOT_YET = "You can enter from 30 minutes before the start until the end."


@for_hosts
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """List the sessions that are to come, or those that are over, and what may be opened."""
    past = "past" in request.GET
    page, sessions = _page(request, past=past)
    context = {
        "past": past,
        "page": page,
        "sessions": sessions,
        "webinars": webinars_to_open(request.user),
    }
    return render(request, "webinars/host/desk.html", context)


@of_hosted
@require_safe
def hosting(request: MemberRequest, session: Session) -> HttpResponse:
    """Show how a session stands, and lead to what its hosts do. It names nobody but the hosts."""
    context = {
        "session": _with_places([session.pk])[session.pk],
        "hosts": [host.name_for_others for host in session.hosts.all()],
        "needs": AccessNeed.objects.filter(booking__in=session.bookings.active()).count(),
        "by_code": session.by_code,
        "checked_in": session.check_ins.count() if session.by_code else None,
        "outcomes": _outcomes(session),
        "sent": session.messages.all(),
        "may_write": not is_too_late(session),
        "names": sees_names(request.user, session),
        "is_meeting": session.tool == Session.Tool.BIGBLUEBUTTON,
    }
    return render(request, "webinars/host/hosting.html", context)


@of_hosted
@require_safe
def enter(request: MemberRequest, session: Session) -> HttpResponse:
    """Let the host into the meeting as one who leads it."""
    try:
        if not session.may_be_joined:
            raise MeetingUnavailable(NOT_YET)
        return redirect(way_in(session, member=request.user, is_host=True))
    except MeetingUnavailable as reason:
        messages.info(request, str(reason))
        return redirect("webinars:hosting", session.pk)


@of_hosted
@require_safe
def tool_recordings(request: MemberRequest, session: Session) -> HttpResponse:
    """List the recordings that the meeting tool has of a session."""
    context = {"session": session, "found": [], "reason": ""}
    try:
        if session.tool == Session.Tool.BIGBLUEBUTTON:
            context["found"] = bigbluebutton.recordings(session)
    except MeetingUnavailable as reason:
        context["reason"] = str(reason)
    return render(request, "webinars/host/tool_recordings.html", context)


def _page(request: MemberRequest, *, past: bool) -> tuple[Page[int], list[Session]]:
    """Return one page, and the sessions on it with their places: counted for this page alone."""
    numbers = _hosted(request.user, past=past).values_list("pk", flat=True)
    page = Paginator(numbers, PAGE_SIZE).get_page(request.GET.get("page"))
    found = _with_places(page)
    return page, [found[pk] for pk in page]


def _with_places(numbers: Iterable[int]) -> dict[int, Session]:
    decided = Attendance.objects.filter(session=OuterRef("pk"))
    rows = Session.objects.filter(pk__in=list(numbers)).with_places()
    rows = rows.annotate(is_decided=Exists(decided)).select_related("webinar", "unit")
    return {session.pk: session for session in rows}


def _hosted(viewer: Member, *, past: bool) -> SessionQuerySet:
    hosted = Session.objects.hosted_by(viewer)
    return hosted.past() if past else hosted.upcoming()


def _outcomes(session: Session) -> list[tuple[str, int]]:
    """Return how many people were there, in words and numbers, as far as it is decided."""
    counted = session.attendance.values("outcome").annotate(people=Count("pk"))
    found = {row["outcome"]: row["people"] for row in counted.order_by()}
    return [(words, found[key]) for key, words in Attendance.Outcome.choices if key in found]
