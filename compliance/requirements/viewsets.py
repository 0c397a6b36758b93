"""Requirements in the administration: who must complete what, and how many people that obliges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from compliance.decisions.menu import Assign, Decisions, TrainingOf
from compliance.duty.reach import tallies_of
from compliance.duty.terms import terms_of
from compliance.models import Requirement, RequirementVersion
from compliance.requirements.admin_forms import RequirementForm
from compliance.requirements.editing import RequirementArchive, RequirementCreate, RequirementEdit
from members.dates import today

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
    items = (RequirementViewSet("requirements"), Assign(), TrainingOf(), Decisions())
