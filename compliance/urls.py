"""The pages of who oversees a unit: /compliance/."""

from django.urls import path

from compliance.reminders import views as reminder_views
from compliance.reports import region_views, return_views, views

app_name = "compliance"
urlpatterns = [
    path("", views.home, name="home"),
    path("<str:code>/", views.unit, name="unit"),
    path("<str:code>/export.csv", views.export, name="export"),
    path("<str:code>/places.<str:kind>", region_views.table_file, name="places"),
    path("<str:code>/people/<int:member_id>/", views.person, name="person"),
    path("<str:code>/returns/", return_views.returns, name="returns"),
    path("<str:code>/returns/<str:quarter>/", return_views.quarter_page, name="quarter"),
    path(
        "<str:code>/returns/<str:quarter>/<int:number>/",
        return_views.signed_return,
        name="return",
    ),
    path("<str:code>/people/<int:member_id>/remind/", reminder_views.remind, name="remind"),
    path("<str:code>/remind/", reminder_views.remind_overdue, name="remind_overdue"),
]
