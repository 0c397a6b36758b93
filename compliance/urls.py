"""The pages of who oversees a unit: /compliance/."""

from django.urls import path

from compliance import views

app_name = "compliance"
urlpatterns = [
    path("", views.home, name="home"),
    path("<str:code>/", views.unit, name="unit"),
    path("<str:code>/export.csv", views.export, name="export"),
    path("<str:code>/people/<int:member_id>/", views.person, name="person"),
]
