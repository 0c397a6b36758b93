"""Addresses of recordings, each under its session's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from webinars.recordings import views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("<int:pk>/recording/", views.page, name="recording"),
    path("<int:pk>/recording/video/", views.video, name="video"),
    path("<int:pk>/recording/captions.vtt", views.captions, name="captions"),
    path("<int:pk>/recording/watched/", views.watched, name="watched"),
]
