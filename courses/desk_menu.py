"""The desk's addresses and its place in the administration's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from courses import desk, import_desk

if TYPE_CHECKING:
    from django.http import HttpRequest

URLS = [
    path("training-elsewhere/", desk.Queue.as_view(), name="elsewhere_queue"),
    path("training-elsewhere/enter/", desk.Enter.as_view(), name="elsewhere_enter"),
    path("training-elsewhere/<int:pk>/", desk.Claim.as_view(), name="elsewhere_claim"),
    path("training-elsewhere/<int:pk>/file/", desk.claim_file, name="elsewhere_file"),
    path("training-elsewhere/import/", import_desk.Upload.as_view(), name="import_upload"),
    path(
        "training-elsewhere/import/<int:pk>/", import_desk.Preview.as_view(), name="import_preview"
    ),
    path("training-elsewhere/not-found/", import_desk.Unmatched.as_view(), name="import_unmatched"),
    path(
        "training-elsewhere/not-found/<int:pk>/", import_desk.Match.as_view(), name="import_match"
    ),
]


class DeskItem(MenuItem):
    """A page of the desk, for who may decide."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("courses.approve_evidence"))


def menu() -> SubmenuMenuItem:
    """Return the menu. Its name is short enough for where it stands."""
    pages = [
        ("Claims to decide", "elsewhere_queue", "doc-full"),
        ("Enter for a person", "elsewhere_enter", "user"),
        ("Import from a file", "import_upload", "upload"),
        ("People not found", "import_unmatched", "help"),
    ]
    items = [
        DeskItem(label, reverse_lazy(name), icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(pages)
    ]
    return SubmenuMenuItem("Done elsewhere", Menu(items=items), icon_name="doc-full", order=265)
