"""Addresses of somebody's own bookings."""

from __future__ import annotations

from django.urls import path

from webinars.booking import views

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/book/", views.book, name="book"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/need/", views.need, name="need"),
    path("<int:pk>/join/", views.join, name="join"),
]
