"""Sittings from before part marks keep their result when scores become hundredths of a point."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from quizzes.models import Answer, Sitting
from tests.quizzes.factories import QuizFactory, SittingFactory

pytestmark = pytest.mark.django_db

migration = import_module("quizzes.migrations.0003_hundredths_of_a_point")


def test_marks_and_scores_are_multiplied_once_and_back() -> None:
    quiz = QuizFactory(questions=5)
    done = SittingFactory(quiz=quiz, right=4, submitted=True)
    going = SittingFactory(quiz=quiz, right=2)
    _as_they_were()
    migration.multiply(apps, connection)
    done.refresh_from_db()
    assert (done.score, done.max_score, done.passed) == (400, 500, True)
    assert done.marked_at == done.submitted_at
    assert sorted(done.answers.values_list("mark", flat=True)) == [0, 100, 100, 100, 100]
    assert [answer.number for answer in done.answers.all()] == [1, 2, 3, 4, 5]
    going.refresh_from_db()
    assert (going.is_open, going.marked_at, going.score) == (True, None, None)
    migration.divide(apps, connection)
    done.refresh_from_db()
    assert (done.score, done.max_score) == (4, 5)


def _as_they_were() -> None:
    Answer.objects.update(mark=F("mark") / 100, number=1)
    Sitting.objects.marked().update(score=F("score") / 100, max_score=F("max_score") / 100)
