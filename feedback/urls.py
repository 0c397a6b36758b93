"""Addresses of feedback."""

from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path("<str:about>/", views.give_feedback, name="give"),
    path("<str:about>/totals/", views.totals, name="totals"),
]
