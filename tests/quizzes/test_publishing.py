"""What is published is whole, and what people were asked is never rewritten."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from quizzes import completeness
from quizzes.actions import publish_question, publish_quiz
from quizzes.models import pool
from tests.members.factories import MemberFactory
from tests.quizzes.factories import (
    QuestionFactory,
    QuizFactory,
    SittingFactory,
)

pytestmark = pytest.mark.django_db


# --- Through code --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("made_of", "message"),
    [
        ({"right": ["Yes"], "wrong": []}, completeness.TOO_FEW),
        ({"right": [], "wrong": ["No", "Never"]}, completeness.NONE_RIGHT),
        ({"right": ["Yes", "Also"]}, "2 are marked"),
        ({"true_false": True, "wrong": ["False", "Perhaps"]}, completeness.NOT_TWO),
        ({"multiple": True, "right": []}, completeness.NONE_RIGHT),
    ],
)
def test_question__that_is_not_whole_is_refused_on_every_way(
    made_of: dict[str, object], message: str
) -> None:
    question = QuestionFactory(draft=True, **made_of)
    with pytest.raises(ValidationError) as refusal:
        publish_question(question=question, by=None)
    assert message in str(refusal.value)
    with pytest.raises(ValidationError):
        question.save_revision().publish()
    question.refresh_from_db()
    assert not question.live


def test_question__has_a_version_however_it_was_published() -> None:
    question = publish_question(question=QuestionFactory(draft=True), by=MemberFactory())
    assert question.live
    assert question.live_revision.content["stem"] == question.stem
    again = publish_question(question=question, by=None)
    assert again.revisions.count() == 2


@pytest.mark.parametrize(
    ("made_of", "message"),
    [
        ({"questions": 0}, pool.NO_QUESTIONS),
        ({"questions": 2, "draw": 3}, "only 2 of its questions are published. Publish 1 more"),
    ],
)
def test_quiz__that_is_not_whole_is_refused_and_told_what_is_missing(
    made_of: dict[str, int], message: str
) -> None:
    quiz = QuizFactory(draft=True, **made_of)
    with pytest.raises(ValidationError) as refusal:
        publish_quiz(quiz=quiz, by=None)
    assert message in str(refusal.value)
    quiz.refresh_from_db()
    assert not quiz.live


def test_quiz__with_nothing_but_drafts_is_refused() -> None:
    quiz = QuizFactory(draft=True, questions=[QuestionFactory(draft=True)])
    with pytest.raises(ValidationError, match="None of its questions is published"):
        quiz.save_revision().publish()


def test_autosave__writes_over_a_draft_but_never_over_what_people_were_shown() -> None:
    question = QuestionFactory(stem="As asked?")
    asked = question.live_revision
    SittingFactory(quiz=QuizFactory(questions=[question]))
    question.stem = "A draft?"
    draft = question.save_revision(overwrite_revision=asked)
    assert draft.pk != asked.pk
    question.stem = "A better draft?"
    assert question.save_revision(overwrite_revision=draft).pk == draft.pk
    question.unpublish()
    asked.refresh_from_db()
    assert asked.content["stem"] == "As asked?"


def test_autosave__never_writes_over_what_was_asked_even_when_unpublished() -> None:
    question = QuestionFactory()
    asked = question.live_revision
    SittingFactory(quiz=QuizFactory(questions=[question]))
    question.unpublish()
    assert question.save_revision(overwrite_revision=asked).pk != asked.pk
