"""Addresses of a sitting."""

from django.urls import path

from quizzes import mine, views
from quizzes.practice.views import practise

app_name = "quizzes"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("practice/<slug:slug>/", practise, name="practice"),
    path("<int:pk>/", views.resume, name="resume"),
    path("<int:pk>/<int:position>/", views.question, name="question"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/result/", views.result, name="result"),
]
