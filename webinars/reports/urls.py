"""The addresses of the report, and its place in the administration's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse_lazy
from wagtail.admin.menu import MenuItem

from webinars.reports import views

if TYPE_CHECKING:
    from django.http import HttpRequest

urlpatterns = [path("host/figures/", views.figures, name="figures")]

IN_THE_ADMINISTRATION = [
    path("webinars-report/", views.report, name="webinars_report"),
    path("webinars-report/figures.<str:kind>", views.report_file, name="webinars_report_file"),
]


class WebinarsItem(MenuItem):
    """The entry in the menu, for who administers all sessions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(views.SEES))


def menu_item() -> WebinarsItem:
    """Return the entry among the reports."""
    address = reverse_lazy("webinars_report")
    return WebinarsItem(views.TITLE, address, icon_name="date", order=896)
