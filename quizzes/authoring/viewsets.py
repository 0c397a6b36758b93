"""The menu "Quizzes": questions, quizzes and their topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.authoring.chooser import QuestionChooser
from quizzes.authoring.columns import QUESTION_COLUMNS, QUIZ_COLUMNS
from quizzes.authoring.filters import SEARCHED, QuestionFilters, QuizFilters, the_bank
from quizzes.authoring.panels import QUESTION, QUIZ
from quizzes.exchange import desk_menu
from quizzes.models import Category, Question, Quiz

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern
    from wagtail.admin.menu import MenuItem

    from quizzes.models.bank import QuestionQuerySet
    from quizzes.models.versions import VersionedQuerySet


class QuestionViewSet(SnippetViewSet):
    """The question bank."""

    model = Question
    index_view_class = desk_menu.BankIndex
    icon = "help"
    menu_label = "Questions"
    list_display = QUESTION_COLUMNS
    list_per_page = 50
    search_fields = list(SEARCHED)
    search_backend_name = None
    filterset_class = QuestionFilters
    list_export = [
        "reference", "stem", "category", "kind", "nation", "source", "law_as_at", "review_by",
        "used_in", "live",
    ]  # fmt: skip
    edit_handler = QUESTION
    chooser_viewset_class = QuestionChooser
    chooser_per_page = 25

    def get_queryset(self, request: HttpRequest) -> QuestionQuerySet:
        return the_bank()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *desk_menu.URLS]  # the first is where the menu leads


class QuizViewSet(SnippetViewSet):
    """Quizzes and their pools."""

    model = Quiz
    icon = "list-ol"
    menu_label = "Quizzes"
    list_display = QUIZ_COLUMNS
    filterset_class = QuizFilters
    search_fields = ["title", "slug"]
    search_backend_name = None
    edit_handler = QUIZ

    def get_queryset(self, request: HttpRequest) -> VersionedQuerySet:
        quizzes: VersionedQuerySet = Quiz.objects.annotate(pooled=Count("pool"))
        return quizzes.select_related("category").order_by("title", "slug")


class CategoryViewSet(SnippetViewSet):
    """Topics."""

    model = Category
    icon = "tag"
    menu_label = "Categories"
    list_display = ["title", "parent", "slug"]
    search_fields = ["title"]
    search_backend_name = None
    panels = [
        TitleFieldPanel("title"),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("parent"),
    ]

    def get_queryset(self, request: HttpRequest) -> object:
        return Category.objects.select_related("parent")


class QuizzesGroup(SnippetViewSetGroup):
    items = [QuestionViewSet, QuizViewSet, CategoryViewSet]
    menu_label = "Quizzes"
    menu_icon = "help"
    menu_order = 250

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        return [*items, desk_menu.menu_item(order=len(items))]
