"""Certificates in the administration: read and revoked; never added, edited or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from certificates import actions
from certificates.forms import RevokeForm
from certificates.models import Certificate
from members import audit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    from members.http import MemberRequest
    from members.models import Member


class ReadAndRevoke(ModelPermissionPolicy):
    """Nobody, a superuser included, adds, edits or deletes a certificate here."""

    ALLOWED = frozenset({"view", "revoke"})

    def user_has_permission(self, user: Member, action: str) -> bool:
        return action in self.ALLOWED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Member, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class CertificateFilters(WagtailFilterSet):
    """Find certificates by course, by day, and by why they were revoked."""

    class Meta:
        model = Certificate
        fields = {
            "course_title": ["icontains"],
            "completed_on": ["gte", "lte"],
            "revoked_reason": ["exact"],
        }


class CertificateIndex(IndexView):
    """The list. Whoever reads it has looked at these people's records, and they can see that."""

    def get_base_queryset(self) -> QuerySet[Certificate]:
        certificates: QuerySet[Certificate] = super().get_base_queryset()
        return certificates.select_related("completion")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        holders = [certificate.completion.member_id for certificate in context["object_list"]]
        if holders:
            audit.record("certificates.listed", by=self.request.user, about=holders)
        return context


class CertificateInspect(InspectView):
    """One certificate, and the button to revoke it."""

    revoke_url_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holder = self.object.completion.member_id
        audit.record(
            "certificate.viewed", by=self.request.user, about=[holder], number=self.object.number
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context

    header_more_buttons: list[Button] = []

    @property
    def header_buttons(self) -> list[Button]:
        if self.object.revoked_at or not self.user_has_permission("revoke"):
            return []
        address = reverse(self.revoke_url_name, args=[self.object.pk])
        return [HeaderButton("Revoke", url=address, icon_name="cross")]


class RevokeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask why, say what happens, and revoke."""

    request: MemberRequest
    permission_policy = ReadAndRevoke(Certificate)
    permission_required = "revoke"
    template_name = "certificates/admin/revoke.html"
    page_title = "Revoke"
    header_icon = "cross"
    index_url_name = ""
    inspect_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Certificate.objects.standing(), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": "Revoke", "sublabel": str(self.object)}
        items = [{"url": reverse(self.index_url_name), "label": "Certificates"}, here]
        return [*self.breadcrumbs_items, *items]

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**{"form": RevokeForm(), **kwargs})
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        reason = form.cleaned_data["reason"]
        actions.revoke(certificate=self.object, reason=reason, by=self.request.user)
        messages.success(request, f"{self.object} is no longer valid.")
        return redirect(self.get_success_url())


class CertificateViewSet(ModelViewSet):
    """Certificates."""

    model = Certificate
    icon = "form"
    menu_label = "Certificates"
    menu_order = 270
    add_to_admin_menu = True
    add_to_reference_index = False  # it names people; Wagtail's index is for content
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = CertificateIndex
    inspect_view_class = CertificateInspect
    filterset_class = CertificateFilters
    search_fields = ["number", "holder_name"]
    search_backend_name = None
    list_display = [
        "number",
        Column("holder_name", label="Holder"),
        Column("course_title", label="Course"),
        Column("completed_on", label="Completed"),
        Column("valid_to", label="Valid until"),
        Column("status", label="State", accessor=lambda certificate: certificate.status.label),
    ]
    inspect_view_fields = [
        "number",
        "holder_name",
        "course_title",
        "edition",
        "completed_on",
        "valid_to",
        "issuer",
        "issued_at",
        "revoked_at",
        "revoked_by",
        "revoked_reason",
    ]
    exclude_form_fields: list[str] = []

    @property
    def permission_policy(self) -> ReadAndRevoke:
        return ReadAndRevoke(self.model)

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"revoke_url_name": self.get_url_name("revoke")}
        found: dict[str, Any] = super().get_inspect_view_kwargs(**names, **kwargs)
        return found

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = RevokeView.as_view(
            index_url_name=self.get_url_name("index"),
            inspect_url_name=self.get_url_name("inspect"),
        )
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("revoke/<int:pk>/", revoke, name="revoke"),
        ]
