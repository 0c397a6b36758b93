"""A person's own sitting, page by page. Nobody else's can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Rule, access
from members.kept import keeps_post
from quizzes.actions import (
    AlreadySettled,
    AlreadySubmitted,
    save_answer,
    settle_answer,
    submit_sitting,
)
from quizzes.attempts import chances
from quizzes.forms import AnswerForm
from quizzes.kinds import Kind
from quizzes.pages import (
    closed,
    own_answer,
    own_sitting,
    page,
    picture_of,
    step_back,
    step_on,
    way_back,
)
from quizzes.results import outcome
from quizzes.showing import all_seen, is_told_at_once, label, seen

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse, QueryDict

    from members.http import MemberRequest
    from quizzes.models import Answer

KEPT = "Your answers are saved. You can come back at any time."
KEPT_UNTIL = "Your answers are saved. The time goes on while you are away."


@access(Rule.SIGNED_IN)
@require_safe
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead to where the person left off."""
    sitting = own_sitting(request, pk)
    if not sitting.is_open:
        return redirect("quizzes:result", pk)
    unanswered = sitting.answers.unanswered().values_list("position", flat=True).first()
    if unanswered:
        return redirect("quizzes:question", pk, unanswered)
    return redirect("quizzes:check", pk)


@access(Rule.SIGNED_IN)
@keeps_post
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: MemberRequest, pk: int, position: int) -> HttpResponse:
    """Ask one question; keep the answer and go on. What is settled is only shown."""
    answer = own_answer(request, pk, position)
    if not answer.sitting.is_open:
        return closed(request, answer.sitting)
    if request.method == "POST":
        return answered(request, answer)
    if answer.is_settled:
        return settled(request, answer)
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
        return closed(request, sitting)
    answers = list(sitting.answers.with_words())
    facts: dict[str, Any] = {
        "rows": [{"answer": answer, "label": label(answer)} for answer in answers],
        "missing": sum(not answer.is_answered for answer in answers),
        "last": answers[-1].position,
        "has_essay": any(answer.asked.kind == Kind.ESSAY for answer in answers),
    }
    return page(request, "check", sitting, facts)


@access(Rule.SIGNED_IN)
@require_safe
def result(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the mark, every answer as far as it may be seen, and what comes next."""
    sitting = own_sitting(request, pk)
    if sitting.is_open:
        return redirect("quizzes:check", pk)
    standing = chances(quiz=sitting.quiz, member=request.user, occasion=sitting.occasion)
    answers = all_seen(sitting)
    facts = {
        "answers": answers,
        "chances": standing,
        "outcome": outcome(sitting),
        "has_essay": any(one.is_essay for one in answers),
    }
    return page(request, "result", sitting, facts)


def answered(request: MemberRequest, answer: Answer) -> HttpResponse:
    """Keep what was posted, if it is about this question."""
    form = AnswerForm(answer, request.POST)
    if not form.names(answer):
        return page(request, "mismatch", answer.sitting, status=409)
    if not form.is_valid():
        return ask(request, answer, form)
    try:
        save_answer(answer=answer, chosen=form.chosen, typed=form.typed, by=request.user)
    except AlreadySubmitted:
        return closed(request, own_sitting(request, answer.sitting_id))
    except AlreadySettled:
        return redirect(request.get_full_path())  # it is shown there as it was settled
    return onward(request, answer, form)


def onward(request: MemberRequest, answer: Answer, form: AnswerForm) -> HttpResponse:
    """Lead away, to how right it was, or to the next question: as the person and the quiz want."""
    if "later" in request.POST:
        messages.success(request, KEPT_UNTIL if answer.sitting.closes_at else KEPT)
        return redirect(way_back(request, answer.sitting))
    if is_told_at_once(answer) and not form.is_empty:
        settle_answer(answer=answer, by=request.user)
        return redirect(request.get_full_path())
    return redirect(step_on(request, answer))


def kept(request: MemberRequest, answer: Answer, posted: QueryDict) -> bool:
    """Save what was posted just after the session ended. It was this person's own POST."""
    form = AnswerForm(answer, posted)
    if not form.names(answer) or not form.is_valid():
        return False
    try:
        save_answer(answer=answer, chosen=form.chosen, typed=form.typed, by=request.user)
    except (AlreadySubmitted, AlreadySettled):
        return False
    return True


def ask(
    request: MemberRequest, answer: Answer, form: AnswerForm, *, kept: bool = False
) -> HttpResponse:
    """Show the question with its form."""
    facts = {
        "answer": answer,
        "form": form,
        "kept": kept,
        "back": step_back(request, answer),
        "picture": picture_of(answer.asked),
        "has_essay": answer.asked.kind == Kind.ESSAY,
        "is_short_text": answer.asked.kind == Kind.SHORT_TEXT,
        "told_at_once": is_told_at_once(answer),
    }
    return page(request, "question", answer.sitting, facts)


def settled(request: MemberRequest, answer: Answer) -> HttpResponse:
    """Show how right an answer is that can no longer change."""
    facts = {
        "answer": answer,
        "one": seen(answer, is_asked_now=answer.is_asked_now),  # type: ignore[attr-defined]
        "back": step_back(request, answer),
        "onward": step_on(request, answer),
        "picture": picture_of(answer.asked),
    }
    return page(request, "settled", answer.sitting, facts)
