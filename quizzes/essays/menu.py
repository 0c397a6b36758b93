"""The addresses of marking, and its place in the administration's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from quizzes.adjusting.viewset import AdjustmentViewSet
from quizzes.essays import views
from quizzes.essays.actions import MARKS

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


class ForMarkers(MenuItem):
    """Shown to who marks essays, and to who may see that they wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(permission) for permission in (MARKS, views.LOOKS))


class Essays(ViewSet):
    """Essays that wait for their mark."""

    name, icon = "essays", "edit"
    menu_label = views.TITLE
    menu_item_class = ForMarkers

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.queue, name="index"),
            path("<int:pk>/", views.mark, name="mark"),
            path("<int:pk>/take/", views.take, name="take"),
            path("<int:pk>/give-back/", views.put_back, name="give_back"),
        ]


class MarkingGroup(ViewSetGroup):
    """The menu "Marking"."""

    menu_label = "Marking"
    menu_icon = "clipboard-list"
    menu_order = 255
    items = (Essays(), AdjustmentViewSet("adjustments"))
