"""The menus "Quizzes" and "Marking". What people answered is in neither of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from quizzes.analysis import urls as analysis
from quizzes.authoring.bulk import ACTIONS
from quizzes.authoring.keeping import keep_what_is_needed
from quizzes.authoring.law import warn_of_law
from quizzes.authoring.viewsets import QuizzesGroup
from quizzes.essays.menu import MarkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.urls import URLPattern
    from wagtail.admin.menu import MenuItem
    from wagtail.admin.viewsets.base import ViewSetGroup
    from wagtail.admin.widgets.button import Button

register_snippet(QuizzesGroup)
hooks.register("after_publish", warn_of_law)
hooks.register("before_delete_snippet", keep_what_is_needed)
for action in ACTIONS:
    hooks.register("register_bulk_action", action, order=10)  # after Wagtail's own "delete"


@hooks.register("register_admin_viewset")
def marking_in_the_administration() -> ViewSetGroup:
    return MarkingGroup()


@hooks.register("register_admin_urls")
def addresses_of_the_analysis() -> list[URLPattern]:
    return analysis.URLS


@hooks.register("register_reports_menu_item")
def analysis_in_the_menu() -> MenuItem:
    return analysis.menu_item()


@hooks.register("register_snippet_listing_buttons")
def offer_the_figures(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from analysis.buttons(snippet, user)
