"""A new edition in the administration: a form, then a page that says what it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.edition_forms import EditionForm, NumberForm
from courses.editions import current_number
from courses.models import CoursePage
from courses.publishing import (
    CannotPublish,
    drafts_of,
    may_publish,
    number_to_type,
    publish_edition,
    reach_of,
)

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from members.http import MemberRequest


class NewEditionView(WagtailAdminTemplateMixin, TemplateView):
    """Ask what is new, show whom it touches, publish."""

    request: MemberRequest
    template_name = "courses/admin/new_edition.html"
    page_title = "New edition"
    header_icon = "doc-full-inverse"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.course = get_object_or_404(CoursePage.objects.live(), pk=kwargs["pk"])
        if not may_publish(self.course, self.request.user):
            raise PermissionDenied

    def get_page_subtitle(self) -> str:
        return str(self.course)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        course = {"url": self.back, "label": str(self.course)}
        return [*self.breadcrumbs_items, course, {"url": "", "label": "New edition"}]

    @property
    def back(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.course.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = current_number(self.course)
        facts = {
            "course": self.course,
            "back": self.back,
            "drafts": drafts_of(self.course),
            "number": number + 1,
            "form": EditionForm(initial={"follows": number}),
        }
        context: dict[str, Any] = super().get_context_data(**{**facts, **kwargs})
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = EditionForm(request.POST)
        if "change" in request.POST or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        brake = self._brake(form.cleaned_data)
        if "publish" in request.POST and (brake is None or brake.is_valid()):
            return self._publish(form.cleaned_data)
        return self._check(form, brake)

    def _brake(self, answers: dict[str, Any]) -> NumberForm | None:
        """Return the question for the number of people, if so many are touched; else None."""
        touched = number_to_type(self.course, **_what_counts(answers))
        typed = self.request.POST if "publish" in self.request.POST else None
        return None if touched is None else NumberForm(typed, touched=touched)

    def _check(self, form: EditionForm, brake: NumberForm | None) -> HttpResponse:
        """Show what would happen. Nothing is written."""
        self.template_name = "courses/admin/check_edition.html"
        answers = form.cleaned_data
        reach = reach_of(self.course, **_what_counts(answers))
        context = self.get_context_data(form=form, answers=answers, reach=reach, brake=brake)
        return self.render_to_response(context)

    def _publish(self, answers: dict[str, Any]) -> HttpResponse:
        try:
            edition = publish_edition(course=self.course, by=self.request.user, **answers)
        except CannotPublish as reason:
            messages.error(self.request, str(reason))
            return redirect(self.request.path)
        messages.success(self.request, f"Edition {edition.number} of {self.course} is published.")
        return redirect(self.back)


def _what_counts(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers that say until when older completions count."""
    return {name: answers[name] for name in ("kind", "old_count_until")}
