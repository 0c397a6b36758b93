"""The result: what it says after a pass, and after not passing yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from quizzes.actions import finish_marking, save_answer, submit_sitting
from quizzes.models import AssessmentSettings, EssayMark, QuizQuestion, Sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.kinds import answer_all, question_of, right_answer, wrong_answer
from tests.quizzes.reading import result, title, words

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Answer

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


# --- As far as the quiz lets ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shows", "passes", "marks", "right"),
    [
        ("all", False, True, True),
        ("after_pass", False, True, False),
        ("after_pass", True, True, True),
        ("marks", True, True, False),
        ("score", True, False, False),
    ],
)
def test_result__shows_what_the_quiz_lets(
    client: Client, shows: str, passes: bool, marks: bool, right: bool
) -> None:
    quiz = QuizFactory(questions=5, shows=shows)
    sitting = SittingFactory(quiz=quiz, right=4 if passes else 0, submitted=True)
    text = words(result(client, sitting))
    missed = sitting.answers.last()
    assert ("✗ Not right" in text) is marks
    assert (f"Right answer {missed.right_words[0]}" in text) is right
    assert (missed.asked.explanation in text) is right
    assert (missed.picked[0].feedback in text) is right
    assert missed.given[0] in text, "one's own answer is never hidden"
    assert ("This quiz shows your score, not" in text) is (not marks)


def test_result__part_marks_are_points_and_never_a_pass_by_rounding(client: Client) -> None:
    pairs = question_of("matching", is_partial=True, points=3)
    sitting = SittingFactory(quiz=QuizFactory(questions=[pairs], pass_mark=51))
    answer = sitting.answers.get()
    half = right_answer(answer)["chosen"][:1]
    save_answer(answer=answer, chosen=half, by=sitting.member)
    sitting = submit_sitting(sitting=sitting, by=sitting.member)
    text = words(result(client, sitting))
    assert "You got 1.5 of 3. You need 51%." in text
    assert "½ Partly right 1.5 of 3 points" in text


# --- Questions that must be right ----------------------------------------------------------------
def test_result__enough_points_without_what_must_be_right(client: Client) -> None:
    must = QuestionFactory(category=CategoryFactory(title="The duty to report"))
    quiz = QuizFactory(questions=[*QuestionFactory.create_batch(9), must])
    QuizQuestion.objects.filter(question=must).update(is_critical=True)
    sitting = SittingFactory(quiz=quiz)
    answer_all(sitting.answers.exclude(question=must))
    answer_all(sitting.answers.filter(question=must), rightly=False)
    sitting = submit_sitting(sitting=sitting, by=sitting.member)
    text = words(result(client, sitting))
    assert not sitting.passed
    assert "You got 9 of 10. That is enough points." in text
    assert "One topic has to be right" in text
    assert "The duty to report" in text


# --- Written answers -----------------------------------------------------------------------------
@pytest.fixture
def essay() -> Answer:
    """A submitted essay, not marked yet, after a wrong choice."""
    AssessmentSettings.objects.create(essays_allowed=True, marking_days=10)
    quiz = QuizFactory(questions=[QuestionFactory(), question_of("essay")], order="written")
    sitting = SittingFactory(quiz=quiz)
    for answer in sitting.answers.all():
        given = right_answer if answer.asked.is_typed else wrong_answer
        save_answer(answer=answer, by=sitting.member, **given(answer))
    submit_sitting(sitting=sitting, by=sitting.member)
    return sitting.answers.last()


def test_result__while_it_is_being_marked(client: Client, essay: Answer) -> None:
    response = result(client, essay.sitting)
    text = words(response)
    assert title(response).startswith("Your answers are submitted")
    assert "We are marking your written answers. We will e-mail you by" in text
    assert "passed" not in text
    assert "My own words." in text
    assert "✗" not in text
    assert essay.sitting.answers.first().asked.explanation not in text


def test_result__when_marking_takes_longer_than_we_said(client: Client, essay: Answer) -> None:
    Sitting.objects.update(submitted_at=timezone.now() - timedelta(days=11))
    assert "This takes longer than we said, and we are sorry." in words(
        result(client, essay.sitting)
    )


def test_result__of_an_essay_has_the_markers_last_words(client: Client, essay: Answer) -> None:
    marker = MemberFactory()
    for mark, comment in ((20, "First words"), (60, "Kind words")):
        EssayMark.objects.create(
            answer=essay, mark=mark, comment=comment, marked_by=marker, marked_at=timezone.now()
        )
    essay.mark = 60
    essay.save()
    sitting = essay.sitting
    sitting.refresh_from_db()
    finish_marking(sitting)
    text = words(result(client, sitting))
    assert "½ Partly right 0.6 of 1 point" in text
    assert "From your marker Kind words" in text
    assert "First words" not in text
    assert "What to look for" not in text, "the marker's guidance is the marker's"
    assert str(marker) not in text
