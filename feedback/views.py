"""The form for who takes part, and the totals for who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from feedback.findings import finding_of
from feedback.forms import FeedbackForm
from feedback.subjects import subject_of
from feedback.verbs import SHOWN_BY, AlreadyGiven, give
from members.access import Rule, access

if TYPE_CHECKING:
    from django.http import HttpResponse

    from feedback.subjects import Subject
    from members.http import MemberRequest


# Not @keeps_post: on a device that people share, the next one would find this one's answers.
@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: MemberRequest, about: str) -> HttpResponse:
    """Show the few questions; on POST count the answers."""
    subject = subject_of(about, request.user)
    if subject is None or not subject.moment:
        raise Http404
    if request.method == "POST":
        return _posted(request, subject, FeedbackForm(subject.moment, request.POST))
    if subject.was_given(request.user):
        return _page(request, "given", subject)
    return _page(request, "give", subject, form=FeedbackForm(subject.moment))


def _posted(request: MemberRequest, subject: Subject, form: FeedbackForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, "give", subject, form=form)
    try:
        give(about=subject.about, moment=subject.moment, answers=form.answers, by=request.user)
    except AlreadyGiven:
        return _page(request, "given", subject)
    messages.success(request, "Thank you. Your answers were counted, without your name.")
    return redirect(subject.back)


@access(Rule.SIGNED_IN)
@require_safe
def totals(request: MemberRequest, about: str) -> HttpResponse:
    """Show what all answered together, to those who run it."""
    subject = subject_of(about, request.user)
    if subject is None or not subject.may_see_totals():
        raise Http404
    return _page(request, "totals", subject, finding=finding_of(about))


def _page(request: MemberRequest, name: str, subject: Subject, **facts: object) -> HttpResponse:
    context = {"subject": subject, "sensitive": subject.sensitive, "least": SHOWN_BY, **facts}
    return render(request, f"feedback/{name}.html", context)
