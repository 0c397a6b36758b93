"""Addresses of courses that are not pages of the editor."""

from django.urls import path

from courses import elsewhere_views, views

app_name = "courses"
urlpatterns = [
    path("<slug:slug>/print/", views.whole_course, name="print"),
    path("<slug:slug>/elsewhere/", elsewhere_views.claim, name="elsewhere"),
    path("elsewhere/<int:pk>/withdraw/", elsewhere_views.withdraw_claim, name="withdraw"),
]
