"""What the pages of a sitting cost: few queries, the same number whoever else is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.quizzes.factories import QuizFactory, SittingFactory

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Sitting

pytestmark = pytest.mark.django_db


def crowd(sitting: Sitting) -> None:
    """Other people sit the same quiz."""
    for state in ({}, {"right": 2}, {"passed": True}, {"failed": True}):
        SittingFactory(quiz=sitting.quiz, **state)


def queries_of(captured: CaptureQueriesContext) -> list[str]:
    """The statements, without those that only open and close transactions."""
    ends = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [q["sql"] for q in captured if not q["sql"].startswith(ends)]


def test_an_answer_is_saved_in_few_queries(client: Client) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=10))
    crowd(sitting)
    client.force_login(sitting.member)
    answer = sitting.answers.first()
    with CaptureQueriesContext(connection) as captured:
        client.post(
            reverse("quizzes:question", args=[sitting.pk, 1]),
            {"question": answer.question_id, "choice": 0},
        )
    # session, user, the question with its sitting, the sitting's lock, the answer
    assert len(queries_of(captured)) == 5, queries_of(captured)
    begun = [q["sql"] for q in captured if q["sql"].startswith("SAVEPOINT")]
    assert len(begun) == 1, "the answer is saved in one transaction"


@pytest.mark.parametrize("questions", [2, 12])
def test_a_question_page_is_the_same_for_any_paper(client: Client, questions: int) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=questions))
    crowd(sitting)
    client.force_login(sitting.member)
    client.get(
        reverse("quizzes:question", args=[sitting.pk, 1])
    )  # the very first page makes the organisation's row
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("quizzes:question", args=[sitting.pk, 2]))
    # session, user, the question with its sitting, and the frame's: organisation, posts held
    assert len(queries_of(captured)) == 5, queries_of(captured)


@pytest.mark.parametrize("questions", [2, 12])
@pytest.mark.parametrize("name", ["check", "result"])
def test_all_answers_are_read_at_once(client: Client, name: str, questions: int) -> None:
    submitted = name == "result"
    sitting = SittingFactory(quiz=QuizFactory(questions=questions), right=1, submitted=submitted)
    crowd(sitting)
    client.force_login(sitting.member)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(f"quizzes:{name}", args=[sitting.pk]))
    assert len(queries_of(captured)) <= 10, queries_of(captured)


@pytest.mark.parametrize("questions", [2, 12])
def test_handing_in_costs_the_same_for_any_paper(client: Client, questions: int) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=questions), right=questions)
    crowd(sitting)
    client.force_login(sitting.member)
    with CaptureQueriesContext(connection) as captured:
        client.post(reverse("quizzes:check", args=[sitting.pk]))
    # session, user, the sitting and its lock; the answers, their marks, the sitting;
    # the marks again for the result, and the sitting's result
    assert len(queries_of(captured)) == 9, queries_of(captured)
