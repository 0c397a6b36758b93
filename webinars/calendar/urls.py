from __future__ import annotations

from django.urls import path

from webinars.calendar import views

urlpatterns = [
    path("<int:pk>/session.ics", views.ics, name="ics"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
