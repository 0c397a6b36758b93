"""The code on the host's screen, and the page on which people enter it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from members.access import Rule, access
from members.kept import keeps_post
from webinars.checking_in import verbs
from webinars.checking_in.verbs import CannotCheckIn, CannotShow
from webinars.host.guard import of_hosted
from webinars.models import Booking

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest
    from webinars.models import Session

NO_MINUTES = "Say for how many minutes, from 1 to 60."
CHECKED_IN = "You are checked in, and your attendance is recorded. There is nothing more to do."


class MinutesForm(forms.Form):
    """For how long a code is shown."""

    minutes = forms.IntegerField(
        label="For how many minutes?",
        min_value=1,
        max_value=verbs.MOST_MINUTES,
        initial=verbs.USUAL_MINUTES,
        help_text="Ten is enough for most sessions. Read the code aloud, too.",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NO_MINUTES),
    )


class CodeForm(forms.Form):
    """The code as somebody reads it off the screen."""

    code = forms.CharField(
        label="The code on the screen",
        max_length=20,
        help_text="Six digits.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Enter the code on the screen."},
    )


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: MemberRequest, session: Session) -> HttpResponse:
    """Show the code for sharing the screen, as large as it goes; open one, or close it."""
    form = MinutesForm(request.POST if "minutes" in request.POST else None)
    if request.method == "POST" and ("close" in request.POST or form.is_valid()):
        return _deed(request, session, form)
    context = {
        "session": session,
        "shown": verbs.open_code(session),
        "reason": verbs.why_no_code(session),
        "checked_in": session.check_ins.count(),
        "form": form,
    }
    return render(request, "webinars/host/code.html", context)


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask somebody with a place for the code, and say whether they are checked in."""
    mine = Booking.objects.visible_to(request.user).booked().select_related("session__webinar")
    session = get_object_or_404(mine, session=pk).session
    if not session.by_code or session.is_cancelled:
        raise Http404
    form = CodeForm(request.POST if request.method == "POST" else request.kept_post)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.check_in(session=session, by=request.user, code=form.cleaned_data["code"])
            messages.success(request, CHECKED_IN)
            return redirect("webinars:check_in", session.pk)
        except CannotCheckIn as reason:
            form.add_error("code", str(reason))
    done = session.check_ins.filter(member=request.user).first()
    context = {
        "session": session,
        "sensitive": session.webinar.is_sensitive,
        "done": done,
        "is_open": session.has_started and not verbs.is_over(session),
        "is_over": verbs.is_over(session),
        "form": form,
    }
    return render(request, "webinars/check_in.html", context)


def _deed(request: MemberRequest, session: Session, form: MinutesForm) -> HttpResponse:
    try:
        if "close" in request.POST:
            verbs.close_code(session=session, by=request.user)
        else:
            minutes = form.cleaned_data["minutes"]
            verbs.show_code(session=session, by=request.user, minutes=minutes)
    except CannotShow as reason:
        messages.info(request, str(reason))
    return redirect("webinars:code", session.pk)
