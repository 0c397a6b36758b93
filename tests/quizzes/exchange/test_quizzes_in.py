"""Quizzes that come with a file of questions."""

from __future__ import annotations

import pytest

from quizzes.exchange.items import Found, QuizItem
from quizzes.exchange.writing_in import import_questions
from quizzes.models import Quiz
from tests.quizzes.exchange.bank import single

pytestmark = pytest.mark.django_db


def with_quizzes(*quizzes: QuizItem) -> Found:
    return Found(items=[single(1), single(2), single(1, line=9)], quizzes=list(quizzes))


def test_a_quiz_comes_in_with_its_questions_once() -> None:
    facts = {"places": (0, 2, 1), "draws": 1, "category": "Law", "pass_mark": 70}
    ready = QuizItem("Check", **facts, is_single_attempt=True, is_told_each_time=True)
    draft = QuizItem("Later", places=(1,), is_draft=True, slug="later")
    done = import_questions(found=with_quizzes(ready, draft), by=None, publish=True)
    quiz = Quiz.objects.published().get()
    assert [str(row.question.reference) for row in quiz.pool.all()] == ["q-1", "q-2"]
    assert (quiz.slug, quiz.draw, quiz.attempts_allowed) == ("check", 1, 1)
    assert (quiz.feedback_when, quiz.pass_mark, str(quiz.category)) == ("each", 70, "Law")
    assert not Quiz.objects.get(slug="later").live
    assert not done.drafts
    done = import_questions(found=with_quizzes(ready, draft), by=None, publish=True)
    assert Quiz.objects.count() == 2
    assert ["left as it is" in remark.reason for remark in done.drafts] == [True, True]


def test_a_quiz_whose_questions_are_drafts_stays_one() -> None:
    quiz = QuizItem("Check", places=(0,))
    found = Found(items=[single(1, explanation="")], quizzes=[quiz])
    done = import_questions(found=found, by=None, publish=True)
    assert "stays a draft" in done.drafts[-1].reason
    assert not Quiz.objects.get().live
