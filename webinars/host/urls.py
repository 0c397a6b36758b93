"""Addresses of the host's desk."""

from __future__ import annotations

from django.urls import path

from webinars.host import desk, editing, people_views

urlpatterns = [
    path("host/", desk.desk, name="desk"),
    path("host/new/<int:webinar>/", editing.new_session, name="new_session"),
    path("host/<int:pk>/", desk.hosting, name="hosting"),
    path("host/<int:pk>/enter/", desk.enter, name="enter"),
    path("host/<int:pk>/tool-recordings/", desk.tool_recordings, name="tool_recordings"),
    path("host/<int:pk>/edit/", editing.edit_session, name="edit_session"),
    path("host/<int:pk>/cancel/", editing.cancel, name="cancel_session"),
    path("host/<int:pk>/people/", people_views.people, name="people"),
    path("host/<int:pk>/people.csv", people_views.people_csv, name="people_csv"),
    path("host/<int:pk>/needs/", people_views.needs, name="needs"),
    path("host/<int:pk>/message/", people_views.message, name="message"),
]
