"""The page Get support."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from members.access import Rule
from support.filters import SupportFilter
from support.models.organisation import SupportOrganisation

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.panels import Panel

WORDS = ["bold", "italic", "link", "ul", "ol", "h3"]


class SupportPage(Page):
    """Get support: open to everybody, remembering nobody."""

    access_rule = Rule.PUBLIC

    introduction = RichTextField(blank=True, features=WORDS)
    tell_us = RichTextField("telling the organisation", blank=True, features=WORDS)
    what_happens = RichTextField("what happens if you tell us", blank=True, features=WORDS)
    who_sees_it = RichTextField("who sees what you tell", blank=True, features=WORDS)
    help_someone = RichTextField("helping somebody else", blank=True, features=WORDS)
    your_traces = RichTextField("reading this page safely", blank=True, features=WORDS)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("tell_us"), FieldPanel("what_happens"), FieldPanel("who_sees_it")],
            "If you tell us",
        ),
        FieldPanel("help_someone"),
        FieldPanel("your_traces"),
    ]
    # Its address is printed on posters and linked from every page: nobody changes it by the way.
    promote_panels: ClassVar[list[Panel]] = []
    settings_panels: ClassVar[list[Panel]] = []
    max_count = 1
    subpage_types = []  # type: ignore[var-annotated]

    class Meta:
        verbose_name = "Get support page"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        # Exit this page relies on it: a stored page would come back with the Back button.
        response["Cache-Control"] = "no-store, private"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        form = SupportFilter(request.GET)
        listed = SupportOrganisation.objects.listed()
        shown = listed.in_nation(form.chosen("nation")).for_audience(form.chosen("who"))
        return context | {
            "form": form,
            "organisations": shown,
            "sensitive": True,
        }
