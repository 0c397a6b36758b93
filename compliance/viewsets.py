"""Requirements in the administration: who must complete what, and how many people that obliges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from compliance import actions
from compliance.admin_forms import RequirementForm
from compliance.models import Requirement, RequirementVersion
from compliance.reach import reach_of, tallies_of
from compliance.terms import terms_of
from members.dates import today

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

PREVIEW = "preview"
View: Any = object  # the view that `Saving` is mixed into; Wagtail's are untyped


class RequirementIndex(IndexView):
    """The list, each with how many people it obliges today."""

    def get_base_queryset(self) -> QuerySet[Requirement]:
        return Requirement.objects.kept()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        listed = [requirement.pk for requirement in context["object_list"]]
        versions = RequirementVersion.objects.filter(requirement__in=listed)
        asked = {term.requirement.pk: term for term in terms_of(versions, on=today())}
        tallies = tallies_of(list(asked.values()))
        for requirement in context["object_list"]:
            requirement.tally = tallies[requirement.pk]
            requirement.terms = asked.get(requirement.pk)
        return context


class Saving(View):
    """What adding and editing share: trying out before saving, and saving by the one verb."""

    template_name = "compliance/admin/form.html"
    tried = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if PREVIEW not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_tried_object()
        self.form = self.get_form()
        if not self.is_valid(self.form):
            return self.form_invalid(self.form)
        self.tried = reach_of(self.form.terms())
        return self.render_to_response(self.get_context_data())

    def save_instance(self) -> Requirement:
        is_new = self.form.instance.pk is None
        requirement = actions.save_requirement(
            requirement=self.form.save(commit=False),
            version=self.form.version() if is_new or self.form.says_something_new else None,
            courses=self.form.cleaned_data["courses"],
            post_kinds=self.form.cleaned_data["post_kinds"],
            by=self.request.user,
        )
        self.has_content_changes = self.form.has_changed()
        action = "wagtail.create" if is_new else "wagtail.edit"
        log(instance=requirement, action=action, content_changed=self.has_content_changes)
        return requirement

    def get_success_url(self) -> Any:
        # Back to the form: it says whom the requirement now obliges.
        return self.get_edit_url()


class RequirementCreate(Saving, CreateView):
    success_message = "“%(object)s” is saved."

    def get_tried_object(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"tried": self.tried}


class RequirementEdit(Saving, EditView):
    success_message = "“%(object)s” is saved."
    delete_item_label = "Archive"

    def get_object(self, queryset: QuerySet[Requirement] | None = None) -> Requirement:
        found: Requirement = super().get_object(Requirement.objects.kept())
        return found

    def get_tried_object(self) -> Requirement:
        return self.get_object()

    @property
    def can_delete(self) -> bool:
        return bool(self.user_has_permission("change"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = self.object.latest
        day = max(today(), latest.effective_from)
        saved = terms_of(RequirementVersion.objects.filter(requirement=self.object.pk), on=day)
        reach = reach_of(saved[0]) if saved else None
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"tried": self.tried, "reach": reach}


class RequirementArchive(DeleteView):
    """Requirements end; they are never deleted, since people acted on them."""

    permission_required = "change"
    template_name = "compliance/admin/archive.html"
    page_title = "Archive"
    success_message = "“%(object)s” is archived. Nobody has to do it any more."

    def get_object(self, queryset: QuerySet[Requirement] | None = None) -> Requirement:
        found: Requirement = super().get_object(Requirement.objects.kept())
        return found

    def delete_action(self) -> None:
        actions.archive_requirement(requirement=self.object, by=self.request.user)


class RequirementViewSet(ModelViewSet):
    """Requirements."""

    model = Requirement
    menu_label = "Requirements"
    icon = "list-ul"
    copy_view_enabled = False
    index_view_class = RequirementIndex
    add_view_class = RequirementCreate
    edit_view_class = RequirementEdit
    delete_view_class = RequirementArchive
    search_fields = ["title"]
    search_backend_name = None
    list_display = [
        "title",  # a column by name links to the form
        Column("people", label="People it obliges", accessor="tally.people"),
        Column("covered", label="Up to date", accessor="tally.up_to_date"),
        Column("overdue", label="Overdue", accessor="tally.overdue"),
        Column("from", label="From", accessor="terms.version.effective_from"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[RequirementForm]:  # noqa: FBT001, FBT002
        return RequirementForm


class ComplianceGroup(ViewSetGroup):
    """The menu "Compliance"."""

    menu_label = "Compliance"
    menu_icon = "group"
    menu_order = 260
    items = (RequirementViewSet("requirements"),)
