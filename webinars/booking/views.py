"""A person's own bookings: take a place, see how it stands, give it back, go in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Rule, access
from members.kept import keeps_post
from webinars.booking import verbs
from webinars.booking.forms import BookingForm, NameForm, NeedForm
from webinars.booking.pages import (
    need_of,
    own_booking,
    own_session,
    page,
    posted_by_reader,
    refused,
    session_facts,
)
from webinars.booking.refusals import why_it_stays
from webinars.booking.standing import sessions_of, standing
from webinars.booking.verbs import CannotBook, CannotCancel, Clash
from webinars.meetings.bigbluebutton import MeetingUnavailable
from webinars.meetings.entering import way_in
from webinars.models import Session

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest

SESSIONS_ON_A_PAGE = 20
TICK = "Tick Book anyway to book both, or keep only the one you have."
KEPT = "We know now what you need."


@access(Rule.SIGNED_IN)
@require_safe
def session(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how somebody stands with a session. The address stays good for ever."""
    its = own_session(request, pk)
    return page(request, "session", its, session_facts(request, its))


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for nothing that we know already; give a place, or one on the waiting list."""
    its = own_session(request, pk)
    form = BookingForm(posted_by_reader(request))
    if form.is_bound and form.is_valid():
        return take(request, its, form)
    if standing(its).is_active:
        return redirect(its)
    return ask(request, its, form)


@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether to give the place back; give it back."""
    its = own_session(request, pk)
    booking = own_booking(request, its)
    if request.method == "POST":
        try:
            verbs.cancel_booking(booking=booking, by=request.user)
        except CannotCancel as too_late:
            messages.info(request, str(too_late))
    elif reason := why_it_stays(booking):
        messages.info(request, reason)
    elif not booking.is_cancelled:
        return page(request, "cancel", its, {"booking": booking})
    return redirect(its)


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: MemberRequest, pk: int) -> HttpResponse:
    """Say, or say differently, what one needs to take part."""
    its = own_session(request, pk)
    booking = own_booking(request, its)
    if not standing(its).is_current:
        return redirect(its)
    form = NeedForm(posted_by_reader(request), initial={"needs": need_of(booking)})
    if form.is_bound and form.is_valid():
        verbs.say_need(booking=booking, by=request.user, needs=form.cleaned_data["needs"])
        messages.success(request, KEPT)
        return redirect(its)
    return page(request, "need", its, {"form": form})


@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the way in to who has a place, once it is open; a meeting of ours asks for a name."""
    its = own_session(request, pk)
    if standing(its).state != "open":
        return redirect(its)
    posted = request.POST if request.method == "POST" else None
    form = NameForm(posted, initial={"name": request.user.get_short_name()})
    asks = its.tool == Session.Tool.BIGBLUEBUTTON
    if asks and not (form.is_bound and form.is_valid()):
        return page(request, "name", its, {"form": form})
    name = form.cleaned_data["name"] if asks else ""
    try:
        facts = {"link": way_in(its, member=request.user, name=name)}
    except MeetingUnavailable as reason:
        return page(request, "no_way_in", its, {"reason": reason}, status=503)
    return page(request, "join", its, facts)


@access(Rule.SIGNED_IN)
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """List a person's own sessions: those to come, and those that are over."""
    sessions = sessions_of(request.user).select_related("webinar")
    past = Paginator(sessions.past(), SESSIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "upcoming": [standing(its) for its in sessions.upcoming()],
        "page": past,
        "past": [standing(its) for its in past],
    }
    return render(request, "webinars/booking/mine.html", facts)


def take(request: MemberRequest, its: Session, form: BookingForm) -> HttpResponse:
    """Book what the form says, and show how it stands then; or say why not."""
    wanted = form.cleaned_data
    try:
        verbs.book(
            session=its,
            by=request.user,
            despite_clash=wanted["book_anyway"],
            needs=wanted["needs"],
        )
    except Clash:
        form.add_error("book_anyway", TICK)
        return ask(request, its, form)
    except CannotBook:
        return ask(request, its, form, status=409)
    return redirect(its)


def ask(
    request: MemberRequest, its: Session, form: BookingForm, *, status: int = 200
) -> HttpResponse:
    """Show what would be booked, with the form; or why it cannot be."""
    facts = {"form": form, **refused(its, request.user)}
    return page(request, "book", its, facts, status=status)
