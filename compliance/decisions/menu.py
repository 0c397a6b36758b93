"""The addresses of human decisions in the administration, and their places in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from compliance.assigning import people as assign_people
from compliance.assigning import views as assign_views
from compliance.decisions import views

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


class ForDeciders(MenuItem):
    """Shown to who may decide about other people's training."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("compliance.decide"))


class TrainingOf(ViewSet):
    """A person's training."""

    name, url_prefix, icon = "training_of", "training-of", "user"
    menu_label = "A person's training"
    menu_item_class = ForDeciders

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.find, name="index"),
            path("<int:pk>/", views.person, name="person"),
            path("<int:pk>/<slug:kind>/", views.decide, name="decide"),
        ]


class Decisions(ViewSet):
    """The decisions that stand."""

    name, icon = "decisions", "clipboard-list"
    menu_label = "Decisions"
    menu_item_class = ForDeciders

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.listing, name="index"),
            path("<int:pk>/correct/", views.amend, name="correct"),
            path("<int:pk>/withdraw/", views.take_back, name="withdraw"),
        ]


class Assign(ViewSet):
    """Assigning training, step by step."""

    name, icon = "assign", "plus"
    menu_label = "Assign training"
    menu_item_class = ForDeciders

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", assign_views.index, name="index"),
            path("new/", assign_views.begin, name="new"),
            path("done/<uuid:batch>/", assign_views.done, name="done"),
            path("done/<uuid:batch>/undo/", assign_views.undo, name="undo"),
            path("<int:pk>/delete/", assign_views.discard, name="discard"),
            path("<int:pk>/people/", assign_people.people, name="people"),
            path("<int:pk>/<slug:name>/", assign_views.step, name="step"),
        ]
