"""The workbench: how attendance stands, a report's preview, its yes and its undoing.

Who shows people by name first writes that they were looked at. Who runs the session is asked by
`of_hosted`; a report of another session does not exist here: 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import audit
from webinars.attendance import showing
from webinars.attendance.deciding import CannotDecide, close_attendance, confirm, undo
from webinars.attendance.evidence import is_forgotten
from webinars.attendance.forms import ReportForm
from webinars.attendance.reading import Unreadable
from webinars.attendance.staging import stage
from webinars.host.guard import of_hosted

if TYPE_CHECKING:
    from typing import Any

    from django.core.paginator import Page
    from django.http import HttpResponse

    from members.http import MemberRequest
    from webinars.models import AttendanceFile, Session

PAGE_SIZE = 100
LEFT = " In the report, {} still to be matched: say who they are when you can."
LISTS = ("doubtful", "unmatched", "matched", "ignored", "problems")  # what needs somebody first


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: MemberRequest, session: Session) -> HttpResponse:
    """Show how the attendance of a session stands; take in a report."""
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"]
        try:
            file = stage(session=session, data=data.read(), name=data.name, by=request.user)
            return redirect("webinars:attendance_file", session.pk, file.pk)
        except (Unreadable, CannotDecide) as reason:
            form.add_error("file", str(reason))
    context = {
        "session": session,
        "form": form,
        "files": session.files.select_related("uploaded_by"),
        "tally": showing.tally(session),
        "counting": showing.still_counting(session),
        "names": showing.sees_names(request.user, session),
    }
    if context["names"]:
        context |= _people(request, session)
    return render(request, "webinars/attendance/attendance.html", context)


@of_hosted
@require_safe
def attendance_file(request: MemberRequest, session: Session, file: int) -> HttpResponse:
    """Show whom a report names, one list at a time: what somebody has to look at comes first."""
    report = report_of(session, file)
    counts = showing.counts_of(report)
    sizes = {**counts, "problems": len(report.notes)}
    show = request.GET.get("show") or next((name for name in LISTS if sizes[name]), "matched")
    if show not in LISTS:
        raise Http404
    rows: Any = report.notes if show == "problems" else report.visitors.filter(state=show)
    if show != "problems":
        rows = rows.select_related("member").order_by("row")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    people = [] if show == "problems" else _named(request, session, page)
    context = {
        "session": session,
        "file": report,
        "counts": counts,
        "lists": [(name, sizes[name]) for name in LISTS],
        "show": show,
        "page": page,
        "people": people,
    }
    return render(request, "webinars/attendance/file.html", context)


@of_hosted
@require_POST
def confirm_file(request: MemberRequest, session: Session, file: int) -> HttpResponse:
    """Let a report count."""
    try:
        report = confirm(file=report_of(session, file), by=request.user)
        left = report.visitors.to_settle().count()
        messages.success(request, f"Attendance is recorded.{LEFT.format(left) if left else ''}")
    except CannotDecide as reason:
        messages.error(request, str(reason))
    return redirect("webinars:attendance", session.pk)


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def undo_file(request: MemberRequest, session: Session, file: int) -> HttpResponse:
    """Say what undoing a report means, then do it."""
    report = get_object_or_404(session.files, pk=file)
    if report.undone_at:  # sent twice
        return redirect("webinars:attendance", session.pk)
    if request.method == "POST":
        try:
            undo(file=report, by=request.user)
            messages.success(request, "The report does not count. The names in it are deleted.")
        except CannotDecide as reason:
            messages.error(request, str(reason))
        return redirect("webinars:attendance", session.pk)
    context = {
        "session": session,
        "file": report,
        "counts": showing.counts_of(report),
        "forgotten": report.counts and is_forgotten(session),
        "reopens": report.counts and session.attendance_closed_at,
    }
    return render(request, "webinars/attendance/undo.html", context)


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: MemberRequest, session: Session) -> HttpResponse:
    """Say who would be absent, in numbers, then close attendance."""
    if request.method == "POST":
        try:
            close_attendance(session=session, by=request.user)
            messages.success(request, "Attendance is complete.")
        except CannotDecide as reason:
            messages.error(request, str(reason))
        return redirect("webinars:attendance", session.pk)
    waiting = session.files.filter(confirmed_at=None, undone_at=None).count()
    undecided = showing.tally(session)[-1]["count"]
    context = {"session": session, "undecided": undecided, "waiting": waiting}
    return render(request, "webinars/attendance/close.html", context)


def report_of(session: Session, file: int) -> AttendanceFile:
    """Return a report of this session that was not undone; of all others nobody knows here."""
    reports = session.files.select_related("session__webinar").filter(undone_at=None)
    return get_object_or_404(reports, pk=file)


def note_viewed(request: MemberRequest, session: Session, people: set[int]) -> None:
    """Write that these people's attendance (ids) was looked at. They can read that."""
    if people:
        unit = session.unit
        audit.record(
            "attendance.viewed", by=request.user, about=people, unit=unit, session=str(session)
        )


def _people(request: MemberRequest, session: Session) -> dict[str, object]:
    found = showing.people_of(session)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    people = list(page)
    note_viewed(request, session, {member.pk for member in people})
    return {"page": page, "people": showing.standings(people, session, viewer=request.user)}


def _named(request: MemberRequest, session: Session, page: Page[Any]) -> list[showing.Named]:
    visitors = list(page)
    note_viewed(request, session, {it.member_id for it in visitors if it.member_id})
    return showing.named(visitors, session, viewer=request.user)
