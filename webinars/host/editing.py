"""Opening, changing and cancelling a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from webinars.host.guard import for_openers, of_hosted
from webinars.host.naming import was_saved
from webinars.host.session_form import SessionForm
from webinars.opening import webinars_to_open
from webinars.sessions import (
    CannotChange,
    Overtaken,
    cancel_session,
    change_session,
    is_told,
    open_session,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from members.http import MemberRequest
    from webinars.models import Session, WebinarPage

OPENED = "The session is open. People can book it now."
SAVED = "Saved."
SAVED_AND_TOLD = "Saved. Everybody who has booked or waits is told."
IS_CANCELLED = "The session is cancelled. Everybody who had booked or waited is told."


@for_openers
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: MemberRequest, webinar: int) -> HttpResponse:
    """Open a session of a published webinar."""
    page = next((one for one in webinars_to_open(request.user) if one.pk == webinar), None)
    if page is None:
        raise Http404
    form = SessionForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        session = _done(form, lambda: _open(form, page))
        if session:
            messages.success(request, OPENED)
            return redirect("webinars:hosting", session.pk)
    return render(request, "webinars/host/new_session.html", {"webinar": page, "form": form})


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: MemberRequest, session: Session) -> HttpResponse:
    """Change a session; of one that is over, who hosted and who spoke."""
    if session.is_cancelled:
        return redirect("webinars:hosting", session.pk)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, by=request.user, session=session)
    if request.method == "POST" and form.is_valid():
        changed = _done(form, lambda: _change(form, session))
        if changed:
            messages.success(request, SAVED_AND_TOLD if is_told(session, changed) else SAVED)
            return redirect("webinars:hosting", session.pk)
    return render(request, "webinars/host/edit_session.html", {"session": session, "form": form})


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: MemberRequest, session: Session) -> HttpResponse:
    """Ask whether a session is to be cancelled, and how many people are told; then cancel it."""
    if request.method == "POST":
        try:
            cancel_session(session=session, by=request.user)
            messages.success(request, IS_CANCELLED)
        except CannotChange as reason:
            messages.info(request, str(reason))
        return redirect("webinars:hosting", session.pk)
    context = {"session": session, "people": session.bookings.active().count()}
    return render(request, "webinars/host/cancel_session.html", context)


def _open(form: SessionForm, page: WebinarPage) -> Session:
    return open_session(webinar=page, by=form.by, unit=form.chosen_unit, **form.facts)


def _change(form: SessionForm, session: Session) -> Session:
    return change_session(session=session, by=form.by, seen=form.cleaned_data["seen"], **form.facts)


def _done(form: SessionForm, deed: Callable[[], Session]) -> Session | None:
    """Return the session, or put what the verb refused beside what was typed."""
    try:
        session = deed()
        was_saved(form.named)
        return session
    except Overtaken as reason:
        form.catch_up()
        form.add_error(None, str(reason))
    except CannotChange as reason:
        form.add_error(None, str(reason))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None
