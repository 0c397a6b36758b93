"""Questions from a file, in the administration: choose it, look, say yes; what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from members.models import AuditEvent
from quizzes.exchange.desk_forms import FileForm, YesForm
from quizzes.exchange.formats import read
from quizzes.exchange.plan import by_type, plan_of
from quizzes.exchange.preview import shown
from quizzes.exchange.waiting import find, forget, forget_old, keep
from quizzes.exchange.writing_in import HasErrors, import_questions
from quizzes.kinds import Kind
from quizzes.models import Category, Question

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from members.http import MemberRequest
    from quizzes.exchange.plan import Plan
    from quizzes.exchange.waiting import Waiting

SPACE = "wagtailsnippets_quizzes_question"  # of the addresses of the bank
PAGE_SIZE = 50
MOST_REMARKS = 200
NOT_ALLOWED = (
    "You may not do all this file asks for, such as making new categories. "
    "Ask a training administrator. Nothing was imported."
)


class Desk(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the pages of the import share: who may, and where they stand."""

    request: MemberRequest
    permission_policy = ModelPermissionPolicy(Question)
    permission_required = "add"
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        questions = {"url": _bank(), "label": "Questions"}
        return [*self.breadcrumbs_items, questions, {"url": "", "label": self.page_title}]

    def again(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class Upload(Desk):
    """Choose a file. Nothing is imported yet."""

    template_name = "quizzes/admin/import_upload.html"
    page_title = "Import questions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"form": FileForm()} | context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_old()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        file = form.cleaned_data["file"]
        key = keep(
            content=file.read(),
            name=file.name or "",
            format=form.cleaned_data["format"],
            by=self.request.user,
        )
        return redirect(f"{SPACE}:import_preview", key)


class Preview(Desk):
    """What the file holds and would change; then yes or no. Only who uploaded it sees it."""

    template_name = "quizzes/admin/import_preview.html"
    page_title = "Look before you import"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = find(kwargs["key"], by=self.request.user)
        if found is None:
            raise Http404
        self.file: Waiting = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = kwargs.pop("plan", None) or plan_of(self._found())
        form = kwargs.pop("form", None) or YesForm(plan=plan, by=self.request.user)
        page = Paginator(plan.entries, PAGE_SIZE).get_page(self.request.GET.get("p"))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "file": self.file,
            "plan": plan,
            "form": form,
            "page": page,
            "questions": [shown(entry) for entry in page],
            "types": _types(plan),
            "most": MOST_REMARKS,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" not in request.POST:
            forget(self.file.key, by=self.request.user)
            messages.success(request, "Cancelled. Nothing was imported.")
            return redirect(f"{SPACE}:import")
        found = self._found()
        form = YesForm(request.POST, plan=plan_of(found), by=self.request.user)
        if not form.is_valid():
            return self.again(form=form)
        try:
            done = import_questions(
                found=found, by=self.request.user, file_name=self.file.name, **form.wishes()
            )
        except HasErrors as refusal:  # the page says what they are
            return self.again(plan=refusal.plan)
        except PermissionDenied:
            messages.error(request, NOT_ALLOWED)
            return redirect(f"{SPACE}:import_preview", self.file.key)
        forget(self.file.key, by=self.request.user)
        return redirect(f"{SPACE}:import_done", done.event)

    def _found(self) -> Any:
        return read(self.file.content, self.file.format or None, self.file.name)


class Done(Desk):
    """What an import did, for who did it."""

    template_name = "quizzes/admin/import_done.html"
    page_title = "Questions imported"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = AuditEvent.objects.filter(action="questions.imported", actor=self.request.user)
        event = get_object_or_404(own, pk=self.kwargs["pk"])
        topics = Category.objects.filter(slug__in=event.detail["topics"])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"did": event.detail, "topics": topics, "bank": _bank()}


def _types(plan: Plan) -> list[tuple[str, int]]:
    return [(Kind(kind).label, count) for kind, count in by_type(plan.entries).items()]


def _bank() -> str:
    return reverse(f"{SPACE}:list")
