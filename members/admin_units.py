"""Units and kinds of posts in the administration, and what nobody does to records there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from members.models import PostKind, Unit

if TYPE_CHECKING:
    from typing import Any


class NobodyAddsOrDeletes(ModelPermissionPolicy):
    """Units come from the load command; records of people are ended, not deleted."""

    refused: tuple[str, ...] = ("add", "delete")

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.refused and super().user_has_permission(user, action)


class NobodyDeletes(NobodyAddsOrDeletes):
    refused = ("delete",)


class UnitViewSet(ModelViewSet):
    model = Unit
    name = "units"
    icon = "site"
    menu_label = "Units"
    permission_policy = NobodyAddsOrDeletes(Unit)
    form_fields = ["name"]
    list_display = ["name", "kind", "code", "nation"]
    list_filter = ["kind", "nation"]
    search_fields = ["name", "code"]
    search_backend_name = None
    ordering = ["path"]
    copy_view_enabled = False


class PostKindViewSet(ModelViewSet):
    model = PostKind
    name = "kinds-of-posts"
    icon = "list-ul"
    menu_label = "Kinds of posts"
    permission_policy = NobodyDeletes(PostKind)
    form_fields = ["name", "code", "group", "oversight"]
    list_display = ["name", "group", "oversight"]
    list_filter = ["group"]
    ordering = ["name"]
    copy_view_enabled = False
