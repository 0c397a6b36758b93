"""The catalogue: all courses, found by words and by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.template.response import TemplateResponse
from wagtail.models import Page

from quizzes.models import Category

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from courses.models import CatalogueIndexPage, CoursePage


class SearchForm(forms.Form):
    """What somebody looks for. A plain GET form: the address can be kept and sent."""

    q = forms.CharField(label="Search courses", required=False, max_length=80)
    topic = forms.ModelChoiceField(
        label="Topic",
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="All topics",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taught = Category.objects.filter(modules__live=True).distinct()
        self.fields["topic"].queryset = taught  # type: ignore[attr-defined]

    def narrow(self, courses: QuerySet[CoursePage]) -> QuerySet[CoursePage]:
        """Return the courses that fit; all of them when a field makes no sense."""
        words = self.cleaned_data.get("q", "").split() if self.is_valid() else []
        for word in words:
            courses = courses.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        if topic := self.cleaned_data.get("topic"):
            lessons = topic.modules.filter(live=True).values_list("path", flat=True)
            courses = courses.filter(path__in=[path[: -Page.steplen] for path in lessons])
        return courses

    @property
    def in_words(self) -> str:
        """Say what was searched: “harassment” in Recognise."""
        words = self.cleaned_data.get("q", "").strip()
        topic = self.cleaned_data.get("topic")
        return " in ".join(filter(None, [words and f"“{words}”", topic and str(topic)]))


def listing(request: HttpRequest, page: CatalogueIndexPage) -> HttpResponse:
    """Show the courses as cards, or say that nothing was found."""
    form = SearchForm(request.GET)
    courses = form.narrow(page.courses())
    context = page.get_context(request)
    context |= {"search": form, "courses": courses, "searched": form.in_words}
    return TemplateResponse(request, page.get_template(request), context)
