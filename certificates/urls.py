"""Addresses of certificates and of the public check."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("certificates/<int:pk>/", views.detail, name="detail"),
    path("certificates/<int:pk>/pdf/", views.download, name="pdf"),
    path("certificates/<int:pk>/share/", views.share, name="share"),
    path("verify/", views.verify, name="verify"),
]
