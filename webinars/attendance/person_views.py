"""The workbench, one person at a time: who somebody in a report is, and what the host knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from webinars.attendance import showing
from webinars.attendance.deciding import CannotDecide, decide_by_hand, take_back_by_hand
from webinars.attendance.forms import AS_REPORTED, OutcomeForm, SettleForm
from webinars.attendance.staging import settle
from webinars.attendance.views import note_viewed, report_of
from webinars.host.guard import of_hosted
from webinars.host.naming import was_saved

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest
    from members.models import Member
    from webinars.models import AttendanceFile, Session, Visitor


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def settle_visitor(
    request: MemberRequest, session: Session, file: int, visitor: int
) -> HttpResponse:
    """Ask who somebody in a report is; then on to the next who is in doubt."""
    report = report_of(session, file)
    one = get_object_or_404(report.visitors.select_related("member"), pk=visitor)
    booked, many = showing.booked_offers(session, request.GET.get("find", ""))
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        close=showing.close_offers(one, session, viewer=request.user),
        booked=booked,
        by=request.user,
        initial={"who": one.member_id or ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            settle(visitor=one, by=request.user, **form.said())
            was_saved(form.named)
            return redirect(_next(report, one))
        except CannotDecide as reason:
            form.add_error("who", str(reason))
    context = {
        "session": session,
        "file": report,
        "form": form,
        "one": showing.named([one], session, viewer=request.user)[0],
        "left": report.visitors.to_settle().exclude(pk=one.pk).count(),
        "many": many,
        "find": request.GET.get("find", ""),
    }
    return render(request, "webinars/attendance/settle.html", context)


@of_hosted
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: MemberRequest, session: Session, member: int) -> HttpResponse:
    """Enter what the host knows of one person's attendance."""
    if not showing.sees_names(request.user, session):
        raise Http404
    person = get_object_or_404(showing.people_of(session), pk=member)
    standing = showing.standings([person], session, viewer=request.user)[0]
    form = OutcomeForm(request.POST if request.method == "POST" else None, row=standing.row)
    if request.method == "POST" and form.is_valid():
        try:
            _enter(session, person, form.cleaned_data["outcome"], request.user)
            messages.success(request, f"The attendance of {standing.name} is changed.")
            return redirect("webinars:attendance", session.pk)
        except CannotDecide as reason:
            form.add_error("outcome", str(reason))
    note_viewed(request, session, {person.pk})
    context = {"session": session, "form": form, "standing": standing}
    return render(request, "webinars/attendance/by_hand.html", context)


def _enter(session: Session, person: Member, outcome: str, by: Member) -> None:
    if outcome == AS_REPORTED:
        take_back_by_hand(session=session, member=person, by=by)
    else:
        decide_by_hand(session=session, member=person, outcome=outcome, by=by)


def _next(report: AttendanceFile, settled: Visitor) -> str:
    """Return where to go on: the next in doubt, round to the first, or else the report."""
    left = report.visitors.filter(state="doubtful").to_settle()
    following = left.filter(row__gt=settled.row).first() or left.first()
    if following and settled.state == "doubtful":
        return reverse("webinars:settle", args=[report.session_id, report.pk, following.pk])
    return reverse("webinars:attendance_file", args=[report.session_id, report.pk])
