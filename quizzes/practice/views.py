"""The pages of practice. Each is made of what the one before it sent along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.access import Rule, access
from quizzes.forms import AnswerForm
from quizzes.marking import mark
from quizzes.models import Answer, Writing
from quizzes.pages import picture_of
from quizzes.practice.audience import to_practise
from quizzes.practice.round import Round, RoundLost
from quizzes.scores import FULL
from quizzes.showing import seen

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from members.http import MemberRequest
    from members.models import Member
    from quizzes.models import Quiz, Sitting


# Not @keeps_post: what is tried here is not kept anywhere, in no session either.
@access(Rule.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def practise(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask, say at once what is right, ask the next. Every GET begins a new round."""
    practised: Any = to_practise(request.user)
    quiz: Quiz = get_object_or_404(practised, slug=slug)
    if unfinished := in_the_way(quiz, request.user):
        return page(request, quiz, "closed", unfinished=unfinished)
    try:
        if request.method == "POST":
            now = Round.read(request.POST.get("round", ""), quiz, request.user)
            return go_on(request, quiz, now)
        return ask(request, quiz, Round.begin(quiz, request.user))
    except RoundLost:
        return page(request, quiz, "lost", status=409)


def in_the_way(quiz: Quiz, member: Member) -> Sitting | None:
    """Return the sitting this person has to finish first: practice shows the answers to it."""
    asks_the_same = Q(question__in_quizzes__quiz=quiz) | Q(
        question__step_of__scenario__in_quizzes__quiz=quiz
    )
    unfinished = (
        Answer.objects.visible_to(member)
        .filter(Q(sitting__quiz=quiz) | asks_the_same, sitting__submitted_at=None)
        .select_related("sitting__quiz")
        .first()
    )
    return unfinished.sitting if unfinished else None


def go_on(request: MemberRequest, quiz: Quiz, now: Round) -> HttpResponse:
    """Mark what was answered, or ask the next question."""
    if now.is_over or "next" in request.POST:
        return ask(request, quiz, now)
    answer = now.answer(quiz)
    form = AnswerForm(answer, request.POST)
    if not form.names(answer):
        raise RoundLost
    if not form.is_valid():
        return ask(request, quiz, now, form)
    return tell(request, quiz, now, fill_in(answer, form))


def ask(
    request: MemberRequest, quiz: Quiz, now: Round, form: AnswerForm | None = None
) -> HttpResponse:
    """Show the question, or the end."""
    if now.is_over:
        return page(request, quiz, "end", now=now)
    answer = now.answer(quiz)
    facts: dict[str, Any] = {"answer": answer, "form": form or AnswerForm(answer), "now": now}
    return page(request, quiz, "question", picture=picture_of(answer.asked), **facts)


def fill_in(answer: Answer, form: AnswerForm) -> Answer:
    """Put down what was answered, in memory only."""
    answer.chosen, answer.settled_at = form.chosen, timezone.now()
    if form.typed:
        Writing(answer=answer).text = form.typed
    return answer


def tell(request: MemberRequest, quiz: Quiz, now: Round, answer: Answer) -> HttpResponse:
    """Show how right the answer was, what would have been right, and why."""
    got = mark(answer.asked, chosen=answer.chosen, typed=answer.typed)
    after = now.after(right=got == FULL)
    facts: dict[str, Any] = {"answer": answer, "one": seen(answer), "now": after}
    return page(request, quiz, "answered", picture=picture_of(answer.asked), **facts)


def page(
    request: MemberRequest, quiz: Quiz, name: str, *, status: int = 200, **facts: Any
) -> HttpResponse:
    """Render a page of practice."""
    facts |= {"quiz": quiz, "sensitive": quiz.is_sensitive, "nothing_kept": True}
    if now := facts.get("now"):
        facts["round"] = now.signed(request.user)
    return render(request, f"quizzes/practice/{name}.html", facts, status=status)
