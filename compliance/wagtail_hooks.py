"""Compliance's place in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from compliance.reminders import report as reminder_report
from compliance.requirements.viewsets import ComplianceGroup

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


@hooks.register("register_admin_viewset")
def compliance_in_the_administration() -> ComplianceGroup:
    return ComplianceGroup()


@hooks.register("register_admin_urls")
def reminders_addresses() -> list[URLPattern]:
    return [path("reports/reminders/", reminder_report.reminders, name="reminder_report")]


class RemindersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(reminder_report.SEES))


@hooks.register("register_reports_menu_item")
def reminders_in_the_menu() -> RemindersItem:
    return RemindersItem("Reminders", reverse("reminder_report"), icon_name="mail", order=890)
