"""One session for the calendar, and all of one's own at an address of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Rule, access
from webinars.calendar.feeds import address_of, in_calendar, owner_of, renew_feed
from webinars.calendar.ics import event_text, feed_text
from webinars.models import Booking, CalendarFeed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.http import MemberRequest

TYPE = "text/calendar; charset=utf-8"


@access(Rule.SIGNED_IN)
@require_safe
def ics(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out one's own booking of a session as a calendar file."""
    own = Booking.objects.visible_to(request.user).select_related("session__webinar")
    booking = get_object_or_404(own, session=pk)
    response = HttpResponse(event_text(booking.session, booking=booking), content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="session.ics"'
    return response


@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: MemberRequest) -> HttpResponse:
    """Show the address of one's own calendar, and make a new one."""
    if request.method == "POST":
        renew_feed(by=request.user)
        messages.success(request, _("This is your new address. An older one works no longer."))
        return redirect("webinars:calendar")
    feed = CalendarFeed.objects.filter(member=request.user).first()
    address = address_of(feed) if feed else ""
    context = {"address": address, "subscribe": "webcal:" + address.partition(":")[2]}
    return render(request, "webinars/calendar/calendar.html", context)


@access(Rule.PUBLIC)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the calendar of whoever this address belongs to; it opens nothing else."""
    member = owner_of(token)
    if member is None:
        raise Http404
    text = feed_text(in_calendar(member), name=_("My training sessions"))
    response = HttpResponse(text, content_type=TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
