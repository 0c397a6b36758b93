"""A person's own sitting, page by page. Nobody else's can be opened."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Rule, access
from members.kept import keeps_post
from quizzes.actions import AlreadySubmitted, save_answer, submit_sitting
from quizzes.attempts import chances
from quizzes.forms import AnswerForm
from quizzes.models import Answer, Sitting

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse, QueryDict

    from members.http import MemberRequest

HOME = "/"
KEPT = "Your answers are saved. You can come back at any time."


@access(Rule.SIGNED_IN)
@require_safe
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead to where the person left off."""
    sitting = own_sitting(request, pk)
    if not sitting.is_open:
        return redirect("quizzes:result", pk)
    unanswered = sitting.answers.unanswered().values_list("position", flat=True).first()
    return redirect("quizzes:question", pk, unanswered) if unanswered else redirect_to_check(pk)


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: MemberRequest, pk: int, position: int) -> HttpResponse:
    """Ask one question; keep the answer and go on."""
    answer = own_answer(request, pk, position)
    if not answer.sitting.is_open:
        return already_submitted(request, answer.sitting)
    if request.method == "POST":
        return answered(request, answer)
    saved = request.kept_post is not None and kept(request, answer, request.kept_post)
    return ask(request, answer, AnswerForm(answer), kept=saved)


@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """Show all answers before they are submitted; submit them."""
    sitting = own_sitting(request, pk)
    if request.method == "POST":
        submit_sitting(sitting=sitting, by=request.user)
        return redirect("quizzes:result", pk)
    if not sitting.is_open:
        return already_submitted(request, sitting)
    answers = list(sitting.answers.select_related("revision"))
    missing = sum(not answer.chosen for answer in answers)
    last = len(answers)
    return page(request, "check", sitting, answers=answers, missing=missing, last=last)


@access(Rule.SIGNED_IN)
@require_safe
def result(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the mark, every answer with its explanation, and what comes next."""
    sitting = own_sitting(request, pk)
    if sitting.is_open:
        return redirect_to_check(pk)
    answers = sitting.answers.select_related("revision")
    standing = chances(quiz=sitting.quiz, member=request.user, occasion=sitting.occasion)
    return page(request, "result", sitting, answers=answers, chances=standing)


def answered(request: MemberRequest, answer: Answer) -> HttpResponse:
    """Keep what was posted, if it is about this question."""
    form = AnswerForm(answer, request.POST)
    if not form.names(answer):
        return page(request, "mismatch", answer.sitting, status=409)
    if not form.is_valid():
        return ask(request, answer, form)
    try:
        save_answer(answer=answer, chosen=form.chosen(), by=request.user)
    except AlreadySubmitted:
        return already_submitted(request, answer.sitting)
    return onward(request, answer)


def kept(request: MemberRequest, answer: Answer, posted: QueryDict) -> bool:
    """Save what was posted just after the session ended. It was this person's own POST."""
    form = AnswerForm(answer, posted)
    if not form.names(answer) or not form.is_valid():
        return False
    with suppress(AlreadySubmitted):
        save_answer(answer=answer, chosen=form.chosen(), by=request.user)
        return True
    return False


def onward(request: MemberRequest, answer: Answer) -> HttpResponse:
    """Go to the next question, to the answers, or away, as the person asked."""
    sitting = answer.sitting
    if "later" in request.POST:
        messages.success(request, KEPT)
        return redirect(way_back(request, sitting))
    if "check" in request.GET or answer.position == answer.total:  # type: ignore[attr-defined]
        return redirect_to_check(sitting.pk)
    return redirect("quizzes:question", sitting.pk, answer.position + 1)


def ask(
    request: MemberRequest, answer: Answer, form: AnswerForm, *, kept: bool = False
) -> HttpResponse:
    sitting = answer.sitting
    back = reverse("quizzes:question", args=[sitting.pk, answer.position - 1])
    if "check" in request.GET:
        back = reverse("quizzes:check", args=[sitting.pk])
    elif answer.position == 1:
        back = way_back(request, sitting)
    return page(request, "question", sitting, answer=answer, form=form, back=back, kept=kept)


def already_submitted(request: MemberRequest, sitting: Sitting) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return page(request, "submitted", sitting, status=status)


def page(
    request: MemberRequest, name: str, sitting: Sitting, *, status: int = 200, **facts: Any
) -> HttpResponse:
    """Render a page of a sitting."""
    facts |= {"sitting": sitting, "quiz": sitting.quiz, "sensitive": sitting.quiz.is_sensitive}
    facts["way_back"] = way_back(request, sitting)
    return render(request, f"quizzes/{name}.html", facts, status=status)


def own_sitting(request: MemberRequest, pk: int) -> Sitting:
    sittings = Sitting.objects.visible_to(request.user).select_related("quiz")
    sitting = get_object_or_404(sittings, pk=pk)
    sitting.member = request.user
    return sitting


def own_answer(request: MemberRequest, pk: int, position: int) -> Answer:
    """Return the answer with all its page needs, in one query."""
    siblings = Answer.objects.filter(sitting=OuterRef("sitting")).order_by().values("sitting")
    answers = (
        Answer.objects.visible_to(request.user)
        .select_related("sitting__quiz", "revision")
        .annotate(total=Subquery(siblings.annotate(n=Count("pk")).values("n")))
    )
    return get_object_or_404(answers, sitting_id=pk, position=position)


def redirect_to_check(pk: int) -> HttpResponse:
    return redirect("quizzes:check", pk)


def way_back(request: MemberRequest, sitting: Sitting) -> str:
    """Return the page of this site that sent the person here."""
    ours = url_has_allowed_host_and_scheme(sitting.return_to, allowed_hosts={request.get_host()})
    return sitting.return_to if ours else HOME
