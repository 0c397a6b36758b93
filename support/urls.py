"""Addresses of support that are not Wagtail pages."""

from django.urls import path

from support import views

app_name = "support"
urlpatterns = [
    path("leave/", views.leave, name="leave"),
]
