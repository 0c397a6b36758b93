"""Serving pages: found together with their parent in one query.

Wagtail's own walk asks twice for every level of the tree. It stays as the way for pages that are
not found here (the home page, pages of other floors).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from members.access import Rule, access
from members.kept import keeps_post

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

HOME = "/home/"
KINDS = (
    "catalogueindexpage",
    "coursepage",
    "modulepage",
    "quizsteppage",
    "webinarsteppage",
    "webinarindexpage",
    "webinarpage",
)
WITH = (*KINDS, "quizsteppage__quiz", "webinarsteppage__quiz", "webinarsteppage__webinar")


@access(Rule.PUBLIC)  # the page's own rule is asked by training.wagtail_hooks
@keeps_post
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page of the site."""
    if page := find(path):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponseBase = wagtail_serve(request, path)
    return response


def find(path: str) -> Page | None:
    """Return the published page at this path, with its course if it is a part of one."""
    own = f"{HOME}{path.strip('/')}/"
    above = f"{own.rstrip('/').rpartition('/')[0]}/"
    pages = Page.objects.filter(url_path__in=[own, above]).live()
    found = {page.url_path: specific(page) for page in pages.select_related(*WITH)}
    page, parent = found.get(own), found.get(above)
    if page and parent and page.is_step:
        page.course = parent
    return page


def specific(page: Page) -> Page | None:
    """Return the page as its own kind, which `select_related` brought along."""
    return next((found for kind in KINDS if (found := getattr(page, kind, None))), None)
