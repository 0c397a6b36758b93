"""Practice follows who may take the courses a quiz is in; what is in none is for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.courses.factories import CourseFactory, LiveQuizFactory, QuizStepFactory
from tests.courses.webinars import WebinarStepFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Quiz

pytestmark = pytest.mark.django_db


def a_quiz() -> Quiz:
    return LiveQuizFactory(questions=2, allows_practice=True)


def may_practise(client: Client, quiz: Quiz, **member: bool) -> bool:
    """Ask the list and the address itself: they say the same."""
    client.force_login(MemberFactory(**member))
    address = reverse("quizzes:practice", args=[quiz.slug])
    answer = client.get(address).status_code == 200
    assert (f'href="{address}"' in client.get(reverse("quizzes:mine")).content.decode()) is answer
    return answer


@pytest.mark.parametrize("step", [QuizStepFactory, WebinarStepFactory])
def test_the_quiz_of_a_course_for_adults_is_practised_by_adults(client: Client, step: type) -> None:
    quiz = a_quiz()
    step(parent=CourseFactory(modules=1, adults_only=True), quiz=quiz)
    assert may_practise(client, quiz)
    assert not may_practise(client, quiz, under_18=True)


def test_a_quiz_that_is_in_an_open_course_too_or_in_none_is_for_everybody(client: Client) -> None:
    shared, alone, other = a_quiz(), a_quiz(), a_quiz()
    for adults_only in (True, False):
        QuizStepFactory(parent=CourseFactory(modules=1, adults_only=adults_only), quiz=shared)
    QuizStepFactory(parent=CourseFactory(modules=1, adults_only=True), quiz=other)
    for quiz in (shared, alone):
        assert may_practise(client, quiz, under_18=True)
    assert not may_practise(client, other, under_18=True)


def test_many_courses_ask_no_more(client: Client, django_assert_max_num_queries: object) -> None:
    client.force_login(MemberFactory(under_18=True))
    for _ in range(2):
        QuizStepFactory(parent=CourseFactory(modules=1, adults_only=True), quiz=a_quiz())
    client.get(reverse("quizzes:mine"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("quizzes:mine"))
    for _ in range(3):
        QuizStepFactory(parent=CourseFactory(modules=1, adults_only=True), quiz=a_quiz())
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("quizzes:mine"))
