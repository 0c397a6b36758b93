"""The pages of a host that show people: who has booked, what they need; and writing to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.handing_out import EnoughFilesError, exports_left
from webinars.host.forms import ExportForm, MessageForm
from webinars.host.guard import of_hosted
from webinars.host.messages import CannotSend, send_message
from webinars.host.people import (
    EXPORTED,
    booked_people,
    export_people,
    note_seen,
    read_needs,
    sees_names,
)

if TYPE_CHECKING:
    from members.http import MemberRequest
    from webinars.models import Session

PAGE_SIZE = 50


@of_hosted
@require_safe
def people(request: MemberRequest, session: Session) -> HttpResponse:
    """Show who has booked, for as long as a host may know, and write that it was looked at."""
    context = {"session": session, "names": sees_names(request.user, session)}
    if context["names"]:
        page = Paginator(booked_people(session), PAGE_SIZE).get_page(request.GET.get("page"))
        if page.object_list:
            note_seen(list(page), session=session, by=request.user)
        context["page"] = page
    return render(request, "webinars/host/people.html", context)


@of_hosted
@require_safe
def needs(request: MemberRequest, session: Session) -> HttpResponse:
    """Show what people told the hosts that they need."""
    told = read_needs(session=session, by=request.user)
    context = {
        "session": session,
        "needs": told,
        "names": sees_names(request.user, session),
    }
    return render(request, "webinars/host/needs.html", context)


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def people_csv(request: MemberRequest, session: Session) -> HttpResponse:
    """Ask why the file is wanted, then hand it over. Three a day for one host."""
    if not sees_names(request.user, session):
        raise Http404
    form = ExportForm(request.POST if request.method == "POST" else None)
    left = exports_left(request.user, action=EXPORTED)
    if left and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            file = export_people(session=session, reason=reason, by=request.user)
            return _attached(file.content, file.name)
        except EnoughFilesError:
            left = 0
    context = {
        "session": session,
        "form": form,
        "left": left,
        "people": session.bookings.active().count(),
    }
    return render(request, "webinars/host/people_csv.html", context, status=200 if left else 429)


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: MemberRequest, session: Session) -> HttpResponse:
    """Write to all who have booked: what it says first, as they will read it, then Send."""
    form = MessageForm(request.POST) if request.method == "POST" else MessageForm.empty()
    ready = request.method == "POST" and form.is_valid() and "change" not in request.POST
    if ready and "send" in request.POST:
        try:
            sent = send_message(session=session, by=request.user, **form.cleaned_data)
            people = "1 person" if sent.recipients == 1 else f"{sent.recipients} people"
            messages.success(request, f"Sent to {people}, each in a mail of their own.")
        except CannotSend as reason:
            messages.info(request, str(reason))
        return redirect("webinars:hosting", session.pk)
    context = {
        "session": session,
        "form": form,
        "preview": ready,
        "recipients": session.bookings.booked().count(),
    }
    return render(request, "webinars/host/message.html", context)


def _attached(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
