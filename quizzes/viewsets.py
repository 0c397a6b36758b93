"""How authors write questions and put quizzes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django_filters import DateFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.admin_forms import QuestionForm, QuizForm
from quizzes.models import Category, Question, Quiz

if TYPE_CHECKING:
    from django.http import HttpRequest

    from quizzes.models.versions import VersionedQuerySet


class QuestionFilters(WagtailFilterSet):
    """Find questions by topic, type, law, and by when somebody must check them."""

    review_by = DateFilter(label="To review up to", lookup_expr="lte", widget=AdminDateInput)

    class Meta:
        model = Question
        fields = ["category", "kind", "nation", "review_by", "live"]


class QuestionViewSet(SnippetViewSet):
    """The question bank."""

    model = Question
    icon = "help"
    menu_label = "Questions"
    list_display = ["reference", "stem", "category", "kind", "nation", "review_by"]
    search_fields = ["reference", "stem"]
    search_backend_name = None
    filterset_class = QuestionFilters
    list_export = ["reference", "stem", "category", "kind", "nation", "source", "review_by"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("reference"), FieldPanel("category"), FieldPanel("kind")]),
            FieldPanel("stem"),
            InlinePanel(
                "options",
                [
                    FieldPanel("text"),
                    FieldRowPanel([FieldPanel("is_correct"), FieldPanel("is_pinned")]),
                    FieldPanel("feedback"),
                ],
                heading="Answers to choose from",
                label="Answer",
            ),
            FieldPanel("explanation"),
            MultiFieldPanel(
                [FieldPanel("nation"), FieldPanel("source"), FieldPanel("review_by")], "Law"
            ),
        ],
        base_form_class=QuestionForm,
    )

    def get_queryset(self, request: HttpRequest) -> VersionedQuerySet:
        return Question.objects.select_related("category")


class QuizViewSet(SnippetViewSet):
    """Quizzes and their pools."""

    model = Quiz
    icon = "list-ol"
    menu_label = "Quizzes"
    list_display = ["title", "pass_mark", "draw", "attempts_allowed"]
    list_filter = ["live", "is_sensitive"]
    search_fields = ["title", "slug"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([TitleFieldPanel("title"), FieldPanel("slug", widget=SlugInput)]),
            FieldPanel("is_sensitive"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("draw")]),
                    FieldRowPanel(
                        [FieldPanel("attempts_allowed"), FieldPanel("cooling_off_hours")]
                    ),
                ],
                "What it takes to pass",
            ),
            InlinePanel("pool", [FieldPanel("question")], heading="Questions", label="Question"),
            MultiFieldPanel([FieldPanel("pass_text"), FieldPanel("fail_text")], "After it"),
        ],
        base_form_class=QuizForm,
    )


class CategoryViewSet(SnippetViewSet):
    """Topics."""

    model = Category
    icon = "tag"
    menu_label = "Categories"
    list_display = ["title", "slug"]
    search_fields = ["title"]
    search_backend_name = None
    panels = [TitleFieldPanel("title"), FieldPanel("slug", widget=SlugInput)]


class QuizzesGroup(SnippetViewSetGroup):
    items = [QuestionViewSet, QuizViewSet, CategoryViewSet]
    menu_label = "Quizzes"
    menu_icon = "help"
    menu_order = 250
