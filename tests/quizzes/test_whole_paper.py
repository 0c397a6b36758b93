"""What a quiz lacks before everybody can be given a whole paper, with and without essays."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.models import AssessmentSettings, Question, Quiz, QuizQuestion
from quizzes.models import pool as said
from quizzes.models.pool import quiz_problems
from tests.quizzes.factories import QuizFactory
from tests.quizzes.kinds import question_of, scenario

pytestmark = pytest.mark.django_db

QUIZZES = [
    ({"pool": 0, "published": 0, "draw": None}, said.NO_QUESTIONS),
    ({"pool": 2, "published": 0, "draw": None}, said.NONE_PUBLISHED),
    ({"pool": 9, "published": 1, "draw": 3}, "1 of its questions is published. Publish 2 more"),
    ({"pool": 9, "published": 4, "draw": 5}, "4 of its questions are published. Publish 1 more"),
]


@pytest.mark.parametrize(("facts", "sentence"), QUIZZES)
def test_what_a_quiz_lacks_is_said(facts: dict[str, Any], sentence: str) -> None:
    (problem,) = quiz_problems(**facts)
    assert sentence in problem


@pytest.mark.parametrize("draw", [None, 1, 4])
def test_a_quiz_with_enough_questions_lacks_nothing(draw: int | None) -> None:
    assert quiz_problems(pool=9, published=4, draw=draw) == []


def essays_and(questions: int, **in_quiz: Any) -> Quiz:
    essay = question_of("essay")
    quiz = QuizFactory(draft=True, questions=questions)
    quiz.pool.add(QuizQuestion(question=essay, **in_quiz))
    return quiz


@pytest.mark.parametrize(
    ("questions", "in_quiz", "sentence"),
    [
        (0, {}, said.ONLY_ESSAYS),
        (2, {"is_critical": True}, said.ESSAY_MUST_BE_RIGHT),
    ],
)
def test_while_essays_are_off_they_make_no_paper(
    questions: int, in_quiz: dict[str, bool], sentence: str
) -> None:
    quiz = essays_and(questions, **in_quiz)
    assert quiz.problems() == [sentence]
    AssessmentSettings.objects.update_or_create(defaults={"essays_allowed": True})
    assert quiz.problems() == []


def test_while_essays_are_off_they_are_not_counted() -> None:
    quiz = essays_and(1)
    quiz.draw = 2
    assert "1 of its questions is published" in quiz.problems()[0]
    AssessmentSettings.objects.update_or_create(defaults={"essays_allowed": True})
    assert quiz.problems() == []


@pytest.mark.parametrize("kind", ["essay", "scenario"])
def test_a_scenario_whose_step_became_something_else_is_not_asked(kind: str) -> None:
    story = scenario()
    step = story.steps.first().question
    assert Question.objects.published().filter(pk=story.pk).exists()
    Question.objects.filter(pk=step.pk).update(kind=kind)
    assert not Question.objects.published().filter(pk=story.pk).exists()
