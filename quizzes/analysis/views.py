"""The figures in the administration. Authors may see them: they name nobody."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.access import Rule, access
from quizzes.analysis import tables
from quizzes.analysis.export import as_csv
from quizzes.analysis.figures import FEWEST
from quizzes.analysis.items import items
from quizzes.analysis.papers import papers
from quizzes.analysis.rows import ORDERS, Row, ordered
from quizzes.analysis.tables import MOST, Scope
from quizzes.models import Question, Quiz

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.http import MemberRequest

Rest = ParamSpec("Rest")

SEES = "quizzes.change_question"
TITLE = "Question analysis"


def seeing(
    view: Callable[Concatenate[MemberRequest, Rest], HttpResponse],
) -> Callable[Concatenate[MemberRequest, Rest], HttpResponse]:
    """Open a view to who writes questions. To everybody else it does not exist."""

    @wraps(view)
    def asked(request: MemberRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.user.has_perm(SEES):
            raise Http404
        return view(request, *args, **kwargs)

    guarded: Any = access(Rule.EDITORIAL)(require_safe(asked))
    return cast("Callable[Concatenate[MemberRequest, Rest], HttpResponse]", guarded)


@seeing
def quizzes(request: MemberRequest) -> HttpResponse:
    """List the quizzes, those sat the most first."""
    attempts = tables.attempts_by_quiz()
    rows = [(quiz, attempts.get(quiz.pk, 0)) for quiz in Quiz.objects.order_by("title")]
    rows.sort(key=lambda row: -row[1])
    return _page(request, "quizzes", TITLE, rows=rows, fewest=FEWEST)


@seeing
def quiz(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how a quiz does as a whole, and each of its questions."""
    asked = get_object_or_404(Quiz, pk=pk)
    order = request.GET.get("order", "")
    found = papers(pk)
    facts: dict[str, Any] = {"quiz": asked, "papers": found, "order": order, "orders": ORDERS}
    if found.is_enough:
        facts["rows"] = ordered(_rows(Scope(quiz=pk)), order)
    return _page(request, "quiz", asked.title, _HOME, fewest=FEWEST, most=MOST, **facts)


@seeing
def export(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the figures of a quiz's questions as a file."""
    asked = get_object_or_404(Quiz, pk=pk)
    rows = [(row.question, row.item) for row in _rows(Scope(quiz=pk)) if row.item.is_enough]
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="questions-{asked.slug}.csv"'
    return response


@seeing
def question(request: MemberRequest, pk: int, quiz: int | None = None) -> HttpResponse:
    """Show one question: in all quizzes, or in one."""
    asked = get_object_or_404(Question, pk=pk)
    within = get_object_or_404(Quiz, pk=quiz) if quiz is not None else None
    item = items(Scope(quiz=quiz, question=pk)).get(pk)
    above: list[tuple[str | None, str]] = [_HOME]
    if within:
        above.append((reverse("quiz_analysis_quiz", args=[quiz]), within.title))
    facts: dict[str, Any] = {
        "question": asked,
        "quiz": within,
        "row": Row(asked, item) if item else None,
    }
    facts["edit_url"] = reverse(Question.snippet_viewset.get_url_name("edit"), args=[pk])
    return _page(request, "question", asked.reference, *above, fewest=FEWEST, most=MOST, **facts)


_HOME = (None, TITLE)


def _rows(scope: Scope) -> list[Row]:
    found = items(scope)
    questions = Question.objects.in_bulk(list(found))
    return [Row(questions[pk], item) for pk, item in found.items()]


def _page(
    request: MemberRequest,
    name: str,
    title: str,
    *above: tuple[str | None, str],
    **facts: Any,
) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    crumbs += [{"url": url or reverse("quiz_analysis"), "label": label} for url, label in above]
    frame = {"header_title": title, "breadcrumbs_items": [*crumbs, {"url": "", "label": title}]}
    return render(request, f"quizzes/admin/analysis/{name}.html", frame | facts)
