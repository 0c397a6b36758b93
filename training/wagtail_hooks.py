"""The roof's hooks in Wagtail: pages ask their access rule, as every other URL does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from wagtail import hooks

from members import kept
from training.gate import refuse

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponseBase
    from wagtail.models import Page


@hooks.register("before_serve_page")
def ask_the_pages_rule(
    page: Page, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase | None:
    """Refuse a page whose class declares no rule, and people whom its rule keeps out."""
    rule = getattr(page.specific_class, "access_rule", None)
    if rule is None:
        raise Http404
    refused = refuse(request, rule)
    if refused:
        kept.keep(request)
    return refused
