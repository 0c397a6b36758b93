"""What is written down with an answer: its worth, when it was fixed, how long it took, how long
its words are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.dates import today
from quizzes.actions import (
    LONGEST_PAUSE,
    AlreadySettled,
    publish_question,
    publish_quiz,
    save_answer,
    settle_answer,
    start_sitting,
    submit_sitting,
)
from quizzes.attempts import BEING_MARKED, NoAttemptNow
from quizzes.models import (
    Answer,
    AssessmentSettings,
    Option,
    Question,
    QuizQuestion,
    ScenarioStep,
    Sitting,
)
from quizzes.writing import KEPT_FOR
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory, answer_it

pytestmark = pytest.mark.django_db


def scenario(steps: int, **fields: object) -> Question:
    made = QuestionFactory(kind="scenario", right=[], wrong=[], draft=True, **fields)
    made.steps = [
        ScenarioStep(question=step, sort_order=n)
        for n, step in enumerate(QuestionFactory.create_batch(steps))
    ]
    made.save()
    made.save_revision().publish()
    return made


def typed_answer() -> Answer:
    text = QuestionFactory(kind="short_text", right=["The lead"], wrong=[])
    sitting = SittingFactory(quiz=QuizFactory(questions=[text]))
    return sitting.answers.with_words().get()


@pytest.mark.parametrize(
    ("steps", "points", "worths"),
    [(2, 1, [50, 50]), (3, 1, [34, 33, 33]), (3, 2, [67, 67, 66])],
)
def test_a_scenario_is_worth_what_it_says_whatever_its_steps(
    steps: int, points: int, worths: list[int]
) -> None:
    asked = [scenario(steps, points=points), QuestionFactory()]
    sitting = SittingFactory(quiz=QuizFactory(questions=asked, order="written"), right=99)
    told = sitting.answers.values_list("number", "part", "parts", "worth")
    assert list(told) == [(1, n, steps, worth) for n, worth in enumerate(worths, 1)] + [
        (2, 0, 0, 100)
    ]
    done = submit_sitting(sitting=sitting, by=sitting.member)
    assert (done.score, done.max_score) == (100 * points + 100,) * 2


def test_a_settled_answer_is_safe_from_whoever_read_it_before() -> None:
    answer = answer_it(SittingFactory().answers.first())
    member, before = answer.sitting.member, Answer.objects.get(pk=answer.pk)
    settle_answer(answer=answer, by=member)
    with pytest.raises(AlreadySettled):
        answer_it(before, rightly=False, by=member)
    assert Answer.objects.get(pk=answer.pk).chosen == answer.chosen


def test_what_was_written_is_safe_once_it_is_settled_too() -> None:
    answer, before = (one := typed_answer()), Answer.objects.with_words().get(pk=one.pk)
    member = answer.sitting.member
    save_answer(answer=Answer.objects.get(pk=answer.pk), typed="The lead", by=member)
    shown = settle_answer(answer=answer, by=member)
    assert shown.typed == "The lead", "also what another device wrote after this one had read it"
    with pytest.raises(AlreadySettled):
        save_answer(answer=before, typed="Nobody", by=member)
    assert Answer.objects.with_words().get(pk=answer.pk).typed == "The lead"


def test_words_are_kept_for_ninety_days_once_they_are_marked() -> None:
    answer = typed_answer()
    save_answer(answer=answer, typed="The lead", by=answer.sitting.member)
    answer.writing.refresh_from_db()
    assert answer.writing.delete_after is None
    submit_sitting(sitting=answer.sitting, by=answer.sitting.member)
    answer.writing.refresh_from_db()
    assert answer.writing.delete_after == today() + KEPT_FOR


def test_how_long_an_answer_took_counts_from_the_one_before() -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=4, order="written"))
    start = timezone.now() - timedelta(hours=2)
    Sitting.objects.filter(pk=sitting.pk).update(started_at=start)
    # Answered in another order; the third after a long pause, the second never.
    for position, after in {4: 10, 1: 40, 3: 41 + LONGEST_PAUSE}.items():
        given = start + timedelta(seconds=after)
        sitting.answers.filter(position=position).update(answered_at=given)
    submit_sitting(sitting=sitting, by=sitting.member)
    assert list(sitting.answers.values_list("seconds", flat=True)) == [30, None, None, 10]


def test_nobody_begins_again_while_a_person_marks_their_last_attempt() -> None:
    allowed = AssessmentSettings.load()
    allowed.essays_allowed = True
    allowed.save()
    essay = QuestionFactory(kind="essay", right=[], wrong=[], guidance="It names the lead.")
    sitting = SittingFactory(quiz=QuizFactory(questions=[essay]))
    quiz, member = sitting.quiz, sitting.member
    save_answer(answer=sitting.answers.with_words().get(), typed="I would tell.", by=member)
    assert submit_sitting(sitting=sitting, by=member).awaits_marking
    with pytest.raises(NoAttemptNow, match=BEING_MARKED):
        start_sitting(quiz=quiz, by=member)
    assert start_sitting(quiz=quiz, by=member, occasion="another").is_open


@pytest.mark.parametrize(("right", "passes"), [(True, True), (False, False)])
def test_what_must_be_right_decides_whatever_the_score(right: bool, passes: bool) -> None:
    quiz = QuizFactory(draft=True, questions=5)
    quiz.pool = [
        QuizQuestion(question=item.question, is_critical=not n)
        for n, item in enumerate(quiz.pool.all())
    ]
    sitting = SittingFactory(quiz=publish_quiz(quiz=quiz, by=None), right=99)
    answer_it(sitting.answers.get(is_critical=True), rightly=right)
    done = submit_sitting(sitting=sitting, by=sitting.member)
    assert done.reached_the_mark
    assert done.passed is passes


def test_where_one_is_chosen_all_of_them_are_no_answer() -> None:
    answer = SittingFactory().answers.first()
    with pytest.raises(ValueError, match="not an option"):
        save_answer(answer=answer, chosen=answer.option_order, by=answer.sitting.member)


def test_one_line_of_a_matching_question_goes_with_one_thing() -> None:
    rows = [Option(text=t, match=m, sort_order=n) for n, (t, m) in enumerate(["aA", "bB"])]
    question = QuestionFactory(kind="matching", right=[], wrong=[], draft=True)
    question.options = rows
    publish_question(question=question, by=None)
    answer = SittingFactory(quiz=QuizFactory(questions=[question])).answers.get()
    first, (one, other) = answer.option_order[0], answer.match_order
    with pytest.raises(ValueError, match="not an option"):
        save_answer(
            answer=answer, chosen=[f"{first}:{one}", f"{first}:{other}"], by=answer.sitting.member
        )


def test_words_alone_are_an_answer() -> None:
    answer = typed_answer()
    save_answer(answer=answer, typed="The lead", by=answer.sitting.member)
    assert not answer.sitting.answers.unanswered().exists()
    save_answer(answer=answer, typed=" ", by=answer.sitting.member)
    assert answer.sitting.answers.unanswered().exists()
