"""Law that should have been checked again: who publishes it is told, and not stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db.models import Q
from django.utils.dateformat import format as written

from members.dates import today
from quizzes.models import Question, Quiz

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

SHOWN = 10
CHECK = "Check the law again in {list}. Publishing goes ahead."


def overdue_in(item: Question | Quiz) -> Iterable[Question]:
    """Return the questions of a quiz or scenario, or the question, whose law is out of date."""
    if isinstance(item, Quiz):
        inside = Q(in_quizzes__quiz=item) | Q(step_of__scenario__in_quizzes__quiz=item)
    else:
        inside = Q(pk=item.pk) | Q(step_of__scenario=item)
    found = Question.objects.law_overdue(today()).filter(inside).distinct()
    return cast("Iterable[Question]", found)


def warn_of_law(request: HttpRequest, item: object) -> None:
    """Say which law in what was just published should have been checked by now."""
    if not isinstance(item, (Question, Quiz)):
        return
    overdue = [
        f"{question.reference} ({question.nation or 'no nation'}, by "
        f"{written(question.review_by or today(), 'j F Y')})"
        for question in overdue_in(item)
    ]
    if overdue:
        more = [f"{len(overdue) - SHOWN} more"] if len(overdue) > SHOWN else []
        messages.warning(request, CHECK.format(list=", ".join(overdue[:SHOWN] + more)))
