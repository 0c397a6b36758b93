"""Essays in the administration: the list of those that wait, and the page that marks one.

The list names people and shows no text. A text is opened for its marker alone: to everybody
else, superusers included, the page does not exist.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import audit
from members.access import Rule, access
from members.models import Member
from quizzes.essays.actions import MARKS, CannotMark, give_back, mark_essay, read_essay, take_essay
from quizzes.essays.forms import MarkForm, QueueFilter
from quizzes.essays.waiting import Waiting, with_facts
from quizzes.models import AssessmentSettings, Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.http import MemberRequest
    from quizzes.models import EssayMark, Quiz
    from quizzes.models.writing import WritingQuerySet

Rest = ParamSpec("Rest")
View = Any  # what the decorators make of one

LOOKS = "quizzes.view_sitting"
PAGE_SIZE = 50
TITLE = "Essays to mark"


def for_whom(
    *permissions: str,
) -> Callable[[Callable[Concatenate[MemberRequest, Rest], HttpResponse]], View]:
    """Open a view to who has one of these permissions. To everybody else it does not exist."""

    def guard(view: Callable[Concatenate[MemberRequest, Rest], HttpResponse]) -> View:
        @wraps(view)
        def asked(request: MemberRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise Http404
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store, private"
            return response

        return access(Rule.EDITORIAL)(cast("Any", asked))

    return guard


@for_whom(MARKS, LOOKS)
@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """List what waits, the oldest first. Whoever reads it has looked at these people."""
    narrow = QueueFilter(request.GET)
    if not narrow.is_valid():
        raise Http404
    page = Paginator(_waiting(**narrow.cleaned_data), PAGE_SIZE).get_page(request.GET.get("p"))
    settings = AssessmentSettings.load()
    rows = [Waiting(writing, request.user, settings) for writing in page]
    if rows:
        about = {row.sitting.member_id for row in rows}
        audit.record("essay.listed", by=request.user, about=about)
    context = {
        "filter": narrow,
        "page": page,
        "rows": rows,
        "corrigible": _corrigible(request.user),
        "marks": request.user.has_perm(MARKS),
        "settings": settings,
    }
    return render(request, "quizzes/admin/essays/queue.html", frame(TITLE) | context)


@for_whom(MARKS)
@require_POST
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an essay and go to it; or say why not."""
    try:
        take_essay(writing=get_object_or_404(Writing, pk=pk), by=request.user)
    except CannotMark as reason:
        messages.error(request, str(reason))
        return redirect("essays:index")
    return redirect("essays:mark", pk)


@for_whom(MARKS)
@require_POST
def put_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Give an essay back, for somebody else to take."""
    try:
        give_back(writing=_readable(request, pk), by=request.user)
    except CannotMark as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "You have given the essay back. Somebody else can take it.")
    return redirect("essays:index")


@for_whom(MARKS)
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an essay to its marker, and take their mark."""
    writing = _readable(request, pk)
    last = writing.answer.essay_marks.last()
    form = MarkForm(request.POST or None, initial=_said(last))
    if form.is_valid():
        return _marked(request, writing, form)
    above = {"url": reverse("essays:index"), "label": TITLE}
    context = {
        "writing": writing,
        "answer": writing.answer,
        "sitting": writing.answer.sitting,
        "text": read_essay(writing=writing, by=request.user),
        "form": form,
        "last": last,
    }
    title = "Correct a mark" if last else "Mark an essay"
    return render(request, "quizzes/admin/essays/mark.html", frame(title, above) | context)


def frame(title: str, *above: dict[str, str]) -> dict[str, Any]:
    """Return what the administration's frame needs."""
    home = {"url": reverse("wagtailadmin_home"), "label": "Home"}
    here = {"url": "", "label": title}
    return {"header_title": title, "breadcrumbs_items": [home, *above, here]}


def _marked(request: MemberRequest, writing: Writing, form: MarkForm) -> HttpResponse:
    try:
        mark_essay(writing=writing, by=request.user, **form.cleaned_data)
    except CannotMark as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The mark is saved.")
    return redirect("essays:index")


def _waiting(*, quiz: Quiz | None, person: str) -> WritingQuerySet:
    found = Writing.objects.waiting()
    if quiz:
        found = found.filter(answer__sitting__quiz=quiz)
    if person:
        found = found.filter(answer__sitting__member__in=Member.objects.named(person))
    return _listed(found)


def _corrigible(marker: Member) -> WritingQuerySet:
    """What this marker has marked, of sittings that wait for other marks."""
    own = Writing.objects.readable_by(marker).exclude(answer__mark=None)
    return _listed(own.filter(answer__sitting__marked_at=None).order_by("pk"))


def _listed(writings: WritingQuerySet) -> WritingQuerySet:
    return with_facts(writings).defer("sealed")


def _readable(request: MemberRequest, pk: int) -> Writing:
    mine = with_facts(Writing.objects.readable_by(request.user))
    found: Writing = get_object_or_404(mine, pk=pk)
    return found


def _said(last: EssayMark | None) -> dict[str, Any]:
    return {"mark": last.mark, "comment": last.comment} if last else {}
