"""Support organisations in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, StatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from support.models import Audience, SupportOrganisation

if TYPE_CHECKING:
    from django.db.models import QuerySet


class OrganisationFilter(WagtailFilterSet):
    """Find what has to be checked, and what is hidden."""

    to_check = django_filters.BooleanFilter(method="keep_to_check", label="Has to be checked")

    class Meta:
        model = SupportOrganisation
        fields = ["to_check", "is_listed", "is_confirmed", "audiences"]

    def keep_to_check(
        self,
        queryset: QuerySet[SupportOrganisation],
        name: str,
        value: bool,  # noqa: FBT001 (how django-filter calls it)
    ) -> QuerySet[SupportOrganisation]:
        to_check = SupportOrganisation.objects.to_check().values("pk")
        return queryset.filter(pk__in=to_check) if value else queryset.exclude(pk__in=to_check)


class SupportOrganisationViewSet(SnippetViewSet):
    """Organisations, those to check first in everybody's sight."""

    model = SupportOrganisation
    icon = "help"
    menu_label = "Organisations"
    filterset_class = OrganisationFilter
    list_display = [
        "name",
        "phone",
        StatusTagColumn(
            "checking", label="Details", primary=lambda organisation: organisation.must_be_checked
        ),
        BooleanColumn("is_confirmed", label="Number confirmed"),
        BooleanColumn("is_listed", label="Shown"),
        "review_by",
    ]
    search_fields = ["name", "who_for"]
    panels = [
        FieldPanel("name"),
        FieldPanel("who_for"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("text_number")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("web")]),
                FieldPanel("hours"),
                FieldPanel("cost"),
            ],
            "How to reach them",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("in_england"),
                        FieldPanel("in_scotland"),
                        FieldPanel("in_wales"),
                        FieldPanel("in_northern_ireland"),
                    ]
                ),
                FieldPanel("audiences"),
            ],
            "Whom they help",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("is_confirmed"), FieldPanel("is_listed")]),
                FieldRowPanel([FieldPanel("last_checked"), FieldPanel("review_by")]),
                FieldPanel("note"),
                FieldPanel("position"),
            ],
            "Checking",
        ),
    ]


class AudienceViewSet(SnippetViewSet):
    """The people somebody can choose on Get support."""

    model = Audience
    icon = "group"
    menu_label = "Audiences"
    list_display = ["name", "position"]


class SupportGroup(SnippetViewSetGroup):
    """The menu "Get support"."""

    items = (SupportOrganisationViewSet, AudienceViewSet)
    menu_label = "Get support"
    menu_icon = "help"
    menu_order = 320


register_snippet(SupportGroup)
