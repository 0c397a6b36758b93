"""The menu "Quizzes" of the administration. What people answered is not in it."""

from wagtail.snippets.models import register_snippet

from quizzes.viewsets import QuizzesGroup

register_snippet(QuizzesGroup)
