"""A quiz as one person sits it: a question, an answer saved, and ten of them from start to result.

The base is the bare Django page of `bench.pages`, measured again here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import override_settings

from bench.pages import bare_page, client_for, fetch, result
from bench.timing import cpu_ms, undone
from courses.models import CoursePage, QuizStepPage
from quizzes.actions import publish_question, publish_quiz
from quizzes.models import Option, Question, Quiz, QuizQuestion, Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

ROUNDS = 40
WHOLE_ROUNDS = 3  # of 24 requests each
ASKED = 10
QUESTION = re.compile(r'name="question" value="(\d+)"')
FIELD = re.compile(r'name="(choice|text)"')
WHO = "councillor@example.org"


def measure() -> list[dict[str, Any]]:
    """Return a result for each: CPU ms, its ratio to the bare page, its queries."""
    with undone(), override_settings(ROOT_URLCONF="bench.urls"):
        return list(_measure())


def _measure() -> Iterator[dict[str, Any]]:
    base, client, step = bare_page(), client_for(WHO), course_quiz()
    where = post(client, step.url, {})
    sitting = Sitting.objects.get(pk=re.findall(r"\d+", where)[0])
    page = fetch(client, f"/quizzes/{sitting.pk}/1/")
    yield result("quiz question", cpu_ms(page, ROUNDS), base, page)
    answers = {answer.question.kind: answer for answer in sitting.answers.all()}
    for name, kind, field in (
        ("answer saved", "single", "choice"),
        ("words saved", "short_text", "text"),
    ):
        act = saving(client, answers[kind], field)
        more = {"transactions": transactions_of(act)}
        yield result(name, cpu_ms(act, ROUNDS), base, act) | more
    act = sitting_it(client, step)
    yield result(f"whole quiz of {ASKED} questions", cpu_ms(act, WHOLE_ROUNDS), base, act)


def course_quiz() -> QuizStepPage:
    """Put a quiz of ten questions, one of them typed, into a course."""
    asked = list(Question.objects.published().filter(kind="single")[: ASKED - 1])
    typed = Question(
        reference="bench-typed",
        category=asked[0].category,
        kind="short_text",
        stem="Whom do you tell?",
        explanation="The lead.",
    )
    typed.options = [Option(text="The lead", is_correct=True)]
    asked.append(publish_question(question=typed, by=None))
    quiz = Quiz(slug="bench", title="Ten questions", pass_mark=100)
    quiz.pool = [QuizQuestion(question=question) for question in asked]
    publish_quiz(quiz=quiz, by=None)
    step: QuizStepPage = CoursePage.objects.get(slug="safeguarding-essentials").steps().last()
    QuizStepPage.objects.filter(pk=step.pk).update(quiz=quiz)
    return QuizStepPage.objects.get(pk=step.pk)


def post(client: Client, address: str, data: dict[str, Any]) -> str:
    response = client.post(address, data)
    assert response.status_code == 302, (address, response.status_code)
    return str(response.url)


def saving(client: Client, answer: Any, field: str) -> Callable[[], object]:
    address = f"/quizzes/{answer.sitting_id}/{answer.position}/"
    data = {"question": answer.question_id, field: "1"}
    return lambda: post(client, address, data)


def sitting_it(client: Client, step: QuizStepPage) -> Callable[[], None]:
    """Start, read and answer every question (not rightly), check, submit, read the result."""

    def act() -> None:
        where = client.get(post(client, step.url, {})).url  # the first question
        while not where.endswith("/check/"):
            page = client.get(where).content.decode()
            (question, *_), (field, *_) = QUESTION.findall(page), FIELD.findall(page)
            where = post(client, where, {"question": question, field: "1"})
        fetch(client, where)()
        fetch(client, post(client, where, {}))()

    return act


def transactions_of(act: Callable[[], object]) -> int:
    """Return how many transactions it takes: here each is a savepoint of the one around them."""
    count = depth = 0

    def note(execute: Any, statement: str, *rest: Any) -> Any:
        nonlocal count, depth
        if statement.startswith("SAVEPOINT"):
            count, depth = count + (depth == 0), depth + 1
        elif statement.startswith("RELEASE"):
            depth -= 1
        return execute(statement, *rest)

    with connection.execute_wrapper(note):
        act()
    return count
