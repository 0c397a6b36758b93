"""Whatever a person does with a quiz, in any order: one sitting is open, and none changes after."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from quizzes.actions import publish_quiz
from quizzes.models import Question, Quiz, QuizQuestion
from tests.quizzes.expected import Given
from tests.quizzes.factories import QuestionFactory, QuizFactory
from tests.quizzes.machine import PASS_MARK, Sitters

pytestmark = pytest.mark.django_db


def keys(question: Question) -> list[str]:
    return [option.key for option in question.options.order_by("sort_order")]


def paper() -> tuple[Quiz, dict[Question, list[Given]]]:
    """Four types of question, each with answers whose marks are known."""
    single = QuestionFactory()
    order = QuestionFactory(
        kind="ordering", right=[], wrong=["One", "Two", "Three"], is_partial=True, points=2
    )
    number = QuestionFactory(kind="numeric", right=["18"], wrong=[])
    text = QuestionFactory(kind="short_text", right=["The lead"], wrong=[])
    right, wrong, *_ = keys(single)
    one, two, three = keys(order)
    answers = {
        single: [Given([right], "", 100), Given([wrong], "", 0)],
        order: [
            Given([one, two, three], "", 100),
            Given([two, one, three], "", 33),
            Given([two, three, one], "", 0),
        ],
        number: [Given(["18.0"], "", 100), Given(["-1"], "", 0)],
        text: [Given([], " the lead.", 100), Given([], "nobody", 0)],
    }
    quiz = QuizFactory(draft=True, questions=list(answers), pass_mark=PASS_MARK)
    quiz.pool = [QuizQuestion(question=one, is_critical=one == single) for one in answers]
    return publish_quiz(quiz=quiz, by=None), answers


def test_in_any_order() -> None:
    quiz, answers = paper()
    Sitters.quiz = quiz
    Sitters.answers = {question.pk: given for question, given in answers.items()}
    Sitters.worth = {question.pk: 100 * question.points for question in answers}
    Sitters.critical = next(one.pk for one in answers if one.kind == "single")
    run_state_machine_as_test(
        Sitters,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
