"""Addresses of a sitting."""

from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("<int:pk>/", views.resume, name="resume"),
    path("<int:pk>/<int:position>/", views.question, name="question"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/result/", views.result, name="result"),
]
