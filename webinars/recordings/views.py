"""A recording: its page, its files, and what is noted of watching it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.access import Rule, access
from webinars.models import Attendance, Recording, WebinarSettings
from webinars.recordings.finding import openable
from webinars.recordings.forms import WRONG_PARTS, PartsForm
from webinars.recordings.streaming import megabytes, stream
from webinars.recordings.verbs import has_watched, note_watched, say_watched

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from members.http import MemberRequest

NOTED = "We have noted that you watched it."
NOT_NOTED = "Nothing was noted: we did not need to know whether you watched it."


@access(Rule.SIGNED_IN)
@require_safe
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a recording with its captions, chapters and transcript."""
    recording = _recording(request, pk)
    session = recording.session
    attendance = Attendance.objects.visible_to(request.user).filter(session=session).first()
    is_asked = bool(attendance and attendance.is_part)
    context = {
        "recording": recording,
        "session": session,
        "webinar": session.webinar,
        "attendance": attendance,
        "is_asked": is_asked,
        "megabytes": megabytes(recording.video),
        "watched": is_asked and has_watched(request.user, session),
        "policy": WebinarSettings.load(),
        "sensitive": session.webinar.is_sensitive,
    }
    return render(request, "webinars/recording.html", context)


@access(Rule.SIGNED_IN)
@require_safe
def video(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Hand out the video, or the part of it that the browser asks for."""
    return stream(request, _recording(request, pk).video)


@access(Rule.SIGNED_IN)
@require_safe
def captions(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the captions."""
    file = _recording(request, pk).captions
    try:
        with file.open("rb") as opened:
            response = HttpResponse(opened.read(), content_type="text/vtt; charset=utf-8")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access(Rule.SIGNED_IN)
@require_POST
def watched(request: MemberRequest, pk: int) -> HttpResponse:
    """Note the parts that the browser says were played; without any, that the person says so."""
    recording = _recording(request, pk)
    form = PartsForm(request.POST)
    if not form.is_valid():
        return HttpResponse(WRONG_PARTS, status=400, content_type="text/plain")
    if parts := form.cleaned_data["parts"]:
        note_watched(recording=recording, by=request.user, parts=parts)
        return JsonResponse({"watched": has_watched(request.user, recording.session)})
    said = say_watched(recording=recording, by=request.user)
    messages.success(request, NOTED) if said else messages.info(request, NOT_NOTED)
    return redirect("webinars:recording", pk)


def _recording(request: MemberRequest, pk: int) -> Recording:
    """Return the recording of a session; 404 for people whom the session is not for."""
    return get_object_or_404(openable(request.user), session_id=pk)
