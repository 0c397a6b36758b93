"""Addresses of courses that are not pages of the editor."""

from django.urls import path

from courses import views

app_name = "courses"
urlpatterns = [
    path("<slug:slug>/print/", views.whole_course, name="print"),
]
