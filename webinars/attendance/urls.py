"""Addresses of the workbench of attendance."""

from __future__ import annotations

from django.urls import path

from webinars.attendance import person_views, views

HERE = "host/<int:pk>/attendance/"

urlpatterns = [
    path(HERE, views.attendance, name="attendance"),
    path(f"{HERE}close/", views.close, name="close_attendance"),
    path(f"{HERE}people/<int:member>/", person_views.by_hand, name="by_hand"),
    path(f"{HERE}<int:file>/", views.attendance_file, name="attendance_file"),
    path(f"{HERE}<int:file>/confirm/", views.confirm_file, name="confirm"),
    path(f"{HERE}<int:file>/undo/", views.undo_file, name="undo"),
    path(f"{HERE}<int:file>/<int:visitor>/", person_views.settle_visitor, name="settle"),
]
