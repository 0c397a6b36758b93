"""The roof's hooks in Wagtail: pages ask their access rule, as every other URL does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks

from members import kept
from training.admin_home import ToDoPanel
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


@hooks.register("construct_homepage_panels")
def show_what_needs_doing(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits for somebody first."""
    panels.append(ToDoPanel())


@hooks.register("construct_help_menu")
def leave_out_release_news(request: HttpRequest, items: list[Any]) -> None:
    """Keep the help to the point: what is new in Wagtail is no news to an author of courses."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("insert_global_admin_css")
def wear_the_brand() -> str:
    """Dress the administration in the organisation's colour."""
    sheets = (reverse("brand_css"), static("cms.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((s,) for s in sheets))


@hooks.register("insert_global_admin_js")
def start_boxes_without_inline_scripts() -> str:
    """Do what Wagtail's inline scripts would, which our security policy does not run."""
    return format_html('<script src="{}"></script>', static("cms.js"))
