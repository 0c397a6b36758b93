"""Addresses of checking in."""

from __future__ import annotations

from django.urls import path

from webinars.checking_in import views

urlpatterns = [
    path("host/<int:pk>/code/", views.code, name="code"),
    path("<int:pk>/check-in/", views.check_in, name="check_in"),
]
