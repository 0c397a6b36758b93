"""The result: what it says after a pass, and after not passing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.reading import result, title, words

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_result__of_a_pass(client: Client) -> None:
    quiz = QuizFactory(questions=5, pass_text="Thank you for your time.")
    sitting = SittingFactory(quiz=quiz, right=4, submitted=True)
    response = result(client, sitting)
    assert title(response).startswith("You passed")
    text = words(response)
    assert "4 of 5" in text
    assert "Thank you for your time." in text
    assert (text.count("✓ Right"), text.count("✗ Not right")) == (4, 1)
    for answer in sitting.answers.all():
        assert answer.asked.explanation in text
        assert answer.picked[0].feedback in text


def test_result__of_not_passing_is_calm_and_says_what_next(client: Client) -> None:
    quiz = QuizFactory(questions=5, fail_text="Take your time.", attempts_allowed=3)
    response = result(client, SittingFactory(quiz=quiz, right=3, submitted=True))
    text = words(response)
    assert "You have not passed yet" in text
    assert "You got 3 of 5. You need 4." in text
    assert "Take your time." in text
    assert "You have 2 attempts left." in text
    assert "govuk-panel" not in response.content.decode()
    assert "error" not in response.content.decode()


def test_result__says_when_to_try_again(client: Client) -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(cooling_off_hours=24))
    assert "You can try again from" in words(result(client, sitting))


def test_result__says_when_all_attempts_are_used(client: Client) -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(attempts_allowed=1))
    assert "find another way" in words(result(client, sitting))


def test_result__shows_the_words_that_were_asked(client: Client) -> None:
    question = QuestionFactory(stem="Old words?")
    sitting = SittingFactory(failed=True, quiz=QuizFactory(questions=[question]))
    question.stem = "New words?"
    question.save_revision().publish()
    assert "Old words?" in words(result(client, sitting))
