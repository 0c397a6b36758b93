"""Choosing questions for a quiz or a scenario, one or several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from quizzes.authoring.columns import state_column
from quizzes.authoring.filters import ChoosingForm
from quizzes.models import Question

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from quizzes.models.bank import QuestionQuerySet

MAY_SEE = [f"quizzes.{verb}_question" for verb in ("view", "add", "change", "delete")]


class ForAuthors:
    """Other people of the administration have no business with the bank."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(map(request.user.has_perm, MAY_SEE)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class Listed(ForAuthors):
    """What is offered: the bank, narrowed by words, topic and type."""

    filter_form_class = ChoosingForm

    def get_object_list(self) -> QuestionQuerySet:
        return Question.objects.select_related("category")

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("category", label="Category"),
            Column("kind", label="Type", accessor="get_kind_display"),
            state_column(),
        ]


class Choose(Listed, ChooseView):
    pass


class ChooseResults(Listed, ChooseResultsView):
    pass


class Chosen(ForAuthors, SnippetChosenView):
    pass


class ChosenSeveral(ForAuthors, SnippetChosenMultipleView):
    pass


class QuestionChooser(SnippetChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenSeveral
