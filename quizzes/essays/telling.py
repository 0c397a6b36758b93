"""Telling a person that somebody has marked what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from members.mail import post_mail, render_mail

if TYPE_CHECKING:
    from quizzes.models import Sitting


def tell_result(sitting: Sitting) -> None:
    """Post the mail that the result is there: once, without the score, and of a sensitive quiz
    without its title."""
    context = {
        "member": sitting.member,
        "title": "" if sitting.quiz.is_sensitive else sitting.quiz.title,
        "link": reverse("quizzes:result", args=[sitting.pk]),
    }
    said = render_mail("essay_result", context)
    key = f"sitting:{sitting.pk}:marked"
    post_mail(key=key, to=sitting.member, kind="quiz-result", **said._asdict())
