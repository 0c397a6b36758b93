"""Members' place in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from members import audit
from members.admin_accounts import refuse_to_touch
from members.choosers import CHOOSERS
from members.models import Member
from members.reports import AuditTrail
from members.viewsets import PeopleGroup

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest
    from django.urls import URLPattern

    from members.http import MemberRequest


@hooks.register("register_admin_viewset")
def people_in_the_administration() -> PeopleGroup:
    return PeopleGroup()


@hooks.register("register_admin_viewset")
def choosers() -> tuple[Any, ...]:
    return CHOOSERS


@hooks.register("register_admin_urls")
def audit_trail_urls() -> list[URLPattern]:
    return [
        path("reports/audit-trail/", AuditTrail.as_view(), name="audit_trail"),
        path(
            "reports/audit-trail/results/",
            AuditTrail.as_view(results_only=True),
            name="audit_trail_results",
        ),
    ]


class AuditTrailItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.view_auditevent"))


@hooks.register("register_reports_menu_item")
def audit_trail_in_the_menu() -> AuditTrailItem:
    return AuditTrailItem("Audit trail", reverse("audit_trail"), icon_name="history", order=900)


@hooks.register("before_bulk_action")
def refuse_to_touch_many(
    request: MemberRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Ask of many accounts at once what is asked of one."""
    members = [item for item in objects if isinstance(item, Member)]
    refuse_to_touch(members, by=request.user)
    if members:
        audit.record(f"accounts: {action_type}", by=request.user, about=members)
