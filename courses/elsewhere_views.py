"""A member's page for training done elsewhere: hand in the proof, see where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from courses.elsewhere import CannotCount, hand_in, withdraw
from courses.elsewhere_forms import ClaimForm
from courses.models import CoursePage, Evidence
from members.access import Rule, access
from members.kept import keeps_post, own_kept_post

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest

SENT = "Sent. We will look at it. Until then your training stands as before."
WITHDRAWN = "You have withdrawn it. Nothing has changed in your training."


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: MemberRequest, slug: str) -> HttpResponse:
    """Show where the last claim stands and ask for a proof where one may be handed in."""
    course = _course(request, slug)
    form = ClaimForm(request.POST, request.FILES) if request.method == "POST" else None
    if form and form.is_valid():
        return _send(request, course, form)
    claims = Evidence.objects.newest().with_outcome()
    last = claims.filter(member=request.user, course=course).first()
    context = {
        "course": course,
        "sensitive": course.is_sensitive,
        "claim": last,
        "form": form or _begun(request, last),
    }
    return render(request, "courses/elsewhere_page.html", context)


@access(Rule.SIGNED_IN)
@require_POST
def withdraw_claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one's own claim back."""
    evidence = get_object_or_404(
        Evidence.objects.select_related("course"), pk=pk, member=request.user
    )
    try:
        withdraw(evidence=evidence, by=request.user)
        messages.success(request, WITHDRAWN)
    except CannotCount as reason:
        messages.info(request, str(reason))
    return redirect("courses:elsewhere", evidence.course.slug)


def _course(request: MemberRequest, slug: str) -> CoursePage:
    offered = CoursePage.objects.live().filter(accepts_evidence=True)
    course: CoursePage = get_object_or_404(offered, slug=slug)
    if course.is_closed_to(request.user):
        raise Http404
    return course


def _send(request: MemberRequest, course: CoursePage, form: ClaimForm) -> HttpResponse:
    try:
        hand_in(course=course, paper=form.paper(), by=request.user)
        messages.success(request, SENT)
    except CannotCount as reason:
        messages.info(request, str(reason))
    return redirect("courses:elsewhere", course.slug)


def _begun(request: MemberRequest, last: Evidence | None) -> ClaimForm:
    """Return the form to begin with: what a lapsed session or a sent-back claim said."""
    if kept := own_kept_post(request):
        return ClaimForm(kept)  # says as well that the file is to be chosen again
    if last and last.is_sent_back:
        facts = ("provider", "completed_on", "expires_on")
        return ClaimForm(initial={name: getattr(last, name) for name in facts})
    return ClaimForm()
