"""How questions are found: in the bank's list and when one is chosen for a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Count, Q
from django_filters import ChoiceFilter, DateFilter, ModelChoiceFilter
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.widgets import AdminDateInput

from quizzes.analysis.flags import EASY, HARD
from quizzes.kinds import Kind
from quizzes.models import Category, Question, Quiz

if TYPE_CHECKING:
    from quizzes.models.bank import QuestionQuerySet
    from quizzes.models.versions import VersionedQuerySet

SEARCHED = ("reference", "stem")
USAGE = {
    "unused": ("Nowhere", Q(used_in=0, step_of=None)),
    "once": ("In one quiz", Q(used_in=1)),
    "often": ("In several quizzes", Q(used_in__gt=1)),
    "step": ("As a step of a scenario", Q(step_of__isnull=False)),
}
FIGURES = {
    "flagged": ("To look at", Q(statistic__isnull=False) & ~Q(statistic__flags=[])),
    "easy": ("Too easy", Q(statistic__facility__gte=EASY)),
    "hard": ("Too hard", Q(statistic__facility__lte=HARD)),
    "unmeasured": ("Not measured yet", Q(statistic=None)),
}


def the_bank() -> QuestionQuerySet:
    """Return all questions with what their list shows, and `used_in`: in how many quizzes."""
    questions = Question.objects.annotate(used_in=Count("in_quizzes", distinct=True))
    bank: QuestionQuerySet = questions.select_related("category", "statistic")
    return bank.order_by("reference")


def about(category: Category) -> Q:
    """Return what is about this topic or a topic below it."""
    return Q(category=category) | Q(category__parent=category)


def saying(words: str) -> Q:
    """Return what has these words in it."""
    found = Q()
    for field in SEARCHED:
        found |= Q(**{f"{field}__icontains": words})
    return found


TOPICS = Category.objects.select_related("parent").order_by("parent__title", "title")


def name_of(category: Category) -> str:
    """Return a topic's name after that of the topic it is part of."""
    return f"{category.parent}: {category}" if category.parent else str(category)


class TopicField(ModelChoiceField):
    def label_from_instance(self, obj: Category) -> str:
        return name_of(obj)


class TopicFilter(ModelChoiceFilter):
    field_class = TopicField


class QuestionFilters(WagtailFilterSet):
    """Find questions by topic, type, law, use, and how people did at them."""

    category = TopicFilter(
        queryset=TOPICS, method="keep_topic", label="Category", empty_label="All"
    )
    kind = ChoiceFilter(choices=Kind.choices, label="Type", empty_label="All")
    nation = ChoiceFilter(choices=Question.Nation.choices, label="Nation", empty_label="All")
    review_by = DateFilter(label="Law to check up to", lookup_expr="lte", widget=AdminDateInput)
    usage = ChoiceFilter(
        choices=[(name, label) for name, (label, _) in USAGE.items()],
        method="keep_usage",
        label="Used",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    figures = ChoiceFilter(
        choices=[(name, label) for name, (label, _) in FIGURES.items()],
        method="keep_figures",
        label="First attempts",
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Question
        fields = ["category", "kind", "nation", "review_by", "usage", "figures", "live"]

    def keep_topic(self, questions: QuestionQuerySet, _: str, topic: Category) -> QuestionQuerySet:
        return questions.filter(about(topic))

    def keep_usage(self, questions: QuestionQuerySet, _: str, usage: str) -> QuestionQuerySet:
        return questions.filter(USAGE[usage][1]).distinct()

    def keep_figures(self, questions: QuestionQuerySet, _: str, figures: str) -> QuestionQuerySet:
        return questions.filter(FIGURES[figures][1])


class ChoosingForm(BaseFilterForm):
    """Narrows the questions to choose from, by words, topic and type."""

    AT_ONCE = {"data-chooser-modal-search-filter": True}

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Search"})
    )
    category = TopicField(
        queryset=TOPICS,
        required=False,
        empty_label="All",
        widget=forms.Select(attrs=AT_ONCE),
    )
    kind = forms.ChoiceField(
        label="Type",
        required=False,
        choices=[("", "All"), *Kind.choices],
        widget=forms.Select(attrs=AT_ONCE),
    )

    def filter(self, objects: QuestionQuerySet) -> QuestionQuerySet:
        said = self.cleaned_data
        self.search_query = said["q"]
        self.is_searching = any(said.values())
        if said["q"]:
            objects = objects.filter(saying(said["q"]))
        if said["category"]:
            objects = objects.filter(about(said["category"]))
        return objects.filter(kind=said["kind"]) if said["kind"] else objects


class QuizFilters(WagtailFilterSet):
    """Find quizzes by topic and by whether they are published."""

    category = TopicFilter(
        queryset=TOPICS, method="keep_topic", label="Category", empty_label="All"
    )

    class Meta:
        model = Quiz
        fields = ["category", "live", "is_sensitive"]

    def keep_topic(self, quizzes: VersionedQuerySet, _: str, topic: Category) -> VersionedQuerySet:
        return quizzes.filter(about(topic))
