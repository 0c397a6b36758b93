"""What was asked and answered stays as it was, whatever authors do later."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError

from quizzes.actions import publish_question, submit_sitting
from quizzes.models import Sitting
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory

pytestmark = pytest.mark.django_db


def test_a_question_edited_during_a_sitting_is_marked_as_it_was_asked() -> None:
    question = QuestionFactory(right=["Yes"], wrong=["No", "Never"], stem="Old words?")
    sitting = SittingFactory(quiz=QuizFactory(questions=[question]), right=1)
    question.stem = "New words?"
    kept, *others = question.options.all()
    kept.is_correct, others[0].is_correct, kept.text = False, True, "Changed"
    question.options = [kept, others[0]]
    publish_question(question=question, by=None)
    assert submit_sitting(sitting=sitting, by=sitting.member).score == 100
    asked = sitting.answers.get().asked
    assert asked.stem == "Old words?"
    assert {choice.text for choice in asked.choices} == {"Yes", "No", "Never"}


def test_an_unpublished_question_stays_in_the_sittings_that_ask_it() -> None:
    sitting = SittingFactory(right=3)
    sitting.answers.first().question.unpublish()
    assert submit_sitting(sitting=sitting, by=sitting.member).score == 300


def test_what_was_asked_and_answered_cannot_be_deleted() -> None:
    sitting = SittingFactory(passed=True)
    answer = sitting.answers.first()
    for kept in (answer.question, answer.revision, sitting.quiz, sitting.member):
        with pytest.raises(ProtectedError):
            kept.delete()
    assert Sitting.objects.submitted().get() == sitting


def test_categories_are_relations_so_like_names_stay_apart() -> None:
    abuse = QuestionFactory(category__slug="abuse")
    child_abuse = QuestionFactory(category__slug="child-abuse")
    sitting = SittingFactory(quiz=QuizFactory(questions=[abuse, child_abuse]))
    asked = {answer.question_id: answer.asked.category_id for answer in sitting.answers.all()}
    assert asked == {abuse.pk: abuse.category_id, child_abuse.pk: child_abuse.category_id}
