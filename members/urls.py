"""Addresses about people."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
]
