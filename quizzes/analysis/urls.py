"""The addresses of item analysis in the administration, and its place in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse, reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from quizzes.analysis import views
from quizzes.models import Question, Quiz

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model
    from django.http import HttpRequest

    from members.models import Member

URLS = [
    path("question-analysis/", views.quizzes, name="quiz_analysis"),
    path("question-analysis/<int:pk>/", views.quiz, name="quiz_analysis_quiz"),
    path("question-analysis/<int:pk>/figures.csv", views.export, name="quiz_analysis_export"),
    path(
        "question-analysis/<int:quiz>/questions/<int:pk>/",
        views.question,
        name="quiz_analysis_asked",
    ),
    path("question-analysis/questions/<int:pk>/", views.question, name="quiz_analysis_question"),
]


class AnalysisItem(MenuItem):
    """The entry in the menu, for who writes questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(views.SEES))


def menu_item() -> AnalysisItem:
    """Return the entry among the reports."""
    return AnalysisItem(views.TITLE, reverse_lazy("quiz_analysis"), icon_name="glasses", order=895)


def buttons(snippet: Model, user: Member) -> Iterator[Button]:
    """Offer the figures of a quiz or a question where these are listed."""
    names = ((Quiz, "quiz_analysis_quiz"), (Question, "quiz_analysis_question"))
    name = next((name for kind, name in names if isinstance(snippet, kind)), "")
    if name and user.has_perm(views.SEES):
        address = reverse(name, args=[snippet.pk])
        yield Button("Figures", url=address, icon_name="glasses", priority=60)
