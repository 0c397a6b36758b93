"""What all our pages have in common: an address and a guard, both known without a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.panels import Panel


class PlacedPage(Page):
    """A page under the home page of the only site there is."""

    is_step = False
    admin_default_ordering = "ord"  # the order people meet them in, not that of the last edit
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "slug",
            heading="Web address",
            help_text="The last part of the page's address. It stays in people's browser history: "
            "on a sensitive page choose a neutral one, such as module-2.",
        ),
    ]
    promote_panels: ClassVar[list[Panel]] = []
    settings_panels: ClassVar[list[Panel]] = []

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """The path on this site. `url` says the same and asks the cache, at times the database."""
        return reverse("wagtail_serve", args=[self.url_path.lstrip("/").partition("/")[2]])

    def get_view_restrictions(self) -> Any:
        """Return none: `access_rule` guards our pages, and Wagtail's page privacy is off."""
        return PageViewRestriction.objects.none()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft as it would be served (`training.headers` lets the editor frame it)."""
        response: HttpResponse = self.serve(request)
        return response
