"""What the editor does for webinars: what stays, what is warned of, and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from webinars import keeping
from webinars.authoring import WebinarsGroup
from webinars.reports import urls as reports

if TYPE_CHECKING:
    from django.urls import URLPattern
    from wagtail.admin.menu import MenuItem

register_snippet(WebinarsGroup)
hooks.register("before_delete_page", keeping.keep_what_has_sessions)
hooks.register("before_bulk_action", keeping.keep_what_has_sessions_in_bulk)
hooks.register("before_delete_snippet", keeping.keep_what_is_needed)
hooks.register("after_unpublish_page", keeping.warn_of_sessions_to_come)
hooks.register("after_bulk_action", keeping.warn_of_sessions_to_come_in_bulk)


@hooks.register("register_admin_urls")
def addresses_of_the_report() -> list[URLPattern]:
    return reports.IN_THE_ADMINISTRATION


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return reports.menu_item()
