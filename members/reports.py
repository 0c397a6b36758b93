"""The audit trail, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django import forms
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from members.models import AuditEvent, Member

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AuditFilter(WagtailFilterSet):
    """Find who did what to whom, and when."""

    at = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)
    action = django_filters.CharFilter(
        lookup_expr="icontains", label="What", widget=forms.TextInput
    )
    who = django_filters.CharFilter(
        method="keep_actor", label="Who (name or e-mail)", widget=forms.TextInput
    )
    whom = django_filters.CharFilter(
        method="keep_subject", label="Whom (name or e-mail)", widget=forms.TextInput
    )

    class Meta:
        model = AuditEvent
        fields = ["at", "action", "who", "whom"]

    def keep_actor(
        self, events: QuerySet[AuditEvent], name: str, value: str
    ) -> QuerySet[AuditEvent]:
        return events.filter(actor__in=Member.objects.named(value))

    def keep_subject(
        self, events: QuerySet[AuditEvent], name: str, value: str
    ) -> QuerySet[AuditEvent]:
        return events.filter(subjects__in=Member.objects.named(value)).distinct()


class AuditTrail(ReportView):
    """Who did, or looked at, what of whom. To read here only: the database refuses the rest."""

    page_title = "Audit trail"
    header_icon = "history"
    index_url_name = "audit_trail"
    index_results_url_name = "audit_trail_results"
    permission_policy = ModelPermissionPolicy(AuditEvent)
    permission_required = "view"
    filterset_class = AuditFilter
    default_ordering = "-pk"
    is_searchable = False
    columns = [
        DateColumn("at", label="When"),
        Column("actor", label="Who"),
        Column("action", label="What"),
        Column("subject_names", label="Whom"),
        Column("unit", label="Where"),
        Column("detail_words", label="Details"),
    ]
    FORMATS = ()  # no download: files with names leave stamped, and this one would name everybody

    def get_base_queryset(self) -> QuerySet[AuditEvent]:
        return AuditEvent.objects.select_related("actor", "unit").prefetch_related("subjects")
