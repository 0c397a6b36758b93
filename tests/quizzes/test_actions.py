"""Starting, answering, submitting: once each, by the person whose sitting it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from quizzes.actions import (
    AlreadySettled,
    AlreadySubmitted,
    save_answer,
    settle_answer,
    start_sitting,
    submit_sitting,
)
from quizzes.attempts import NoAttemptNow, chances
from quizzes.models import Answer, Sitting
from quizzes.signals import sitting_marked
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory, answer_it
from tests.quizzes.kinds import question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[Sitting]]:
    """What other floors are told."""
    told: list[Sitting] = []

    def hear(sitting: Sitting, **_: object) -> None:
        told.append(sitting)

    sitting_marked.connect(hear)
    yield told
    sitting_marked.disconnect(hear)


# --- Starting ------------------------------------------------------------------------------------
def test_start__draws_from_the_pool_in_the_versions_published_now() -> None:
    quiz = QuizFactory(questions=6, draw=4)
    sitting = SittingFactory(quiz=quiz, occasion="enrolment:1", return_to="/courses/one/")
    answers = list(sitting.answers.all())
    assert [answer.position for answer in answers] == [1, 2, 3, 4]
    pool = {item.question_id: item.question.live_revision_id for item in quiz.pool.all()}
    assert all(pool[answer.question_id] == answer.revision_id for answer in answers)
    assert (sitting.number, sitting.pass_mark, sitting.return_to) == (1, 80, "/courses/one/")


def test_start__again_returns_the_open_sitting() -> None:
    sitting = SittingFactory()
    assert start_sitting(quiz=sitting.quiz, by=sitting.member) == sitting
    assert sitting.answers.count() == 3


def test_start__leaves_other_people_their_own() -> None:
    sitting = SittingFactory()
    assert start_sitting(quiz=sitting.quiz, by=MemberFactory()) != sitting


def test_start__an_open_sitting_counts_for_what_the_person_does_now() -> None:
    open_one = SittingFactory(occasion="enrolment:1", right=2)
    taken = start_sitting(
        quiz=open_one.quiz, by=open_one.member, occasion="enrolment:2", return_to="/new/"
    )
    assert taken == open_one
    assert (taken.occasion, taken.number, taken.return_to) == ("enrolment:2", 1, "/new/")
    assert taken.answers.unanswered().count() == 0


def test_start__drafts_and_unpublished_questions_are_never_asked() -> None:
    published, gone = QuestionFactory(), QuestionFactory()
    quiz = QuizFactory(questions=[published, QuestionFactory(draft=True), gone])
    gone.unpublish()
    sitting = SittingFactory(quiz=quiz)
    assert [answer.question for answer in sitting.answers.all()] == [published]


@pytest.mark.parametrize("why", ["draft quiz", "no question left"])
def test_start__a_quiz_that_is_not_ready_is_refused_in_plain_words(why: str) -> None:
    quiz = QuizFactory(draft=why == "draft quiz")
    if why == "no question left":
        for item in quiz.pool.all():
            item.question.unpublish()
    with pytest.raises(NoAttemptNow, match="not ready yet"):
        start_sitting(quiz=quiz, by=MemberFactory())
    assert not Sitting.objects.exists()


def test_start__attempts_are_counted_per_occasion() -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(attempts_allowed=1), occasion="a")
    with pytest.raises(NoAttemptNow, match="used all your attempts"):
        start_sitting(quiz=sitting.quiz, by=sitting.member, occasion="a")
    again = start_sitting(quiz=sitting.quiz, by=sitting.member, occasion="b")
    assert again.number == 1
    standing = chances(quiz=sitting.quiz, member=sitting.member, occasion="a")
    assert (standing.made, standing.left, standing.last) == (1, 0, sitting)


def test_start__waits_for_the_cooling_off_after_not_passing() -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(cooling_off_hours=24))
    with pytest.raises(NoAttemptNow) as refusal:
        start_sitting(quiz=sitting.quiz, by=sitting.member)
    assert refusal.value.try_again_at == sitting.submitted_at + timedelta(hours=24)
    Sitting.objects.update(submitted_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert start_sitting(quiz=sitting.quiz, by=sitting.member).number == 2


def test_chances__nobody_waits_after_a_pass() -> None:
    sitting = SittingFactory(passed=True, quiz=QuizFactory(cooling_off_hours=24))
    standing = chances(quiz=sitting.quiz, member=sitting.member)
    assert standing.may_start
    assert standing.left is None


def test_the_database_holds_one_open_sitting_per_person_and_quiz() -> None:
    sitting = SittingFactory()
    with pytest.raises(IntegrityError, match=r"(?i)sitting"), transaction.atomic():
        Sitting.objects.create(
            member=sitting.member,
            quiz=sitting.quiz,
            number=2,
            pass_mark=80,
            started_at=timezone.now(),
        )


# --- Answering -----------------------------------------------------------------------------------
def test_save__keeps_the_choice_and_can_take_it_back() -> None:
    answer = SittingFactory().answers.first()
    answer_it(answer)
    assert answer.answered_at
    save_answer(answer=answer, chosen=[], by=answer.sitting.member)
    answer.refresh_from_db()
    assert (answer.chosen, answer.answered_at) == ([], None)


def test_save__what_is_not_an_option_is_refused() -> None:
    answer = SittingFactory().answers.first()
    with pytest.raises(ValueError, match="not an option"):
        save_answer(answer=answer, chosen=["nonsense"], by=answer.sitting.member)


def test_save__what_is_written_is_sealed_and_can_be_taken_back() -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=[question_of("short_text")]))
    answer = save_answer(answer=sitting.answers.get(), typed="My words", by=sitting.member)
    assert "My words" not in answer.writing.sealed
    assert sitting.answers.with_words().get().given == ["My words"]
    save_answer(answer=answer, typed=" ", by=sitting.member)
    assert not sitting.answers.filter(writing__isnull=False).exists()
    assert sitting.answers.unanswered().exists()


def test_settle__fixes_an_answer_on_every_device() -> None:
    answer = answer_it(SittingFactory().answers.first())
    elsewhere = Answer.objects.get(pk=answer.pk)
    chosen = answer.chosen
    first = settle_answer(answer=answer, by=answer.sitting.member).settled_at
    assert settle_answer(answer=answer, by=answer.sitting.member).settled_at == first
    for one in (answer, elsewhere):
        with pytest.raises(AlreadySettled):
            answer_it(one, rightly=False)
    answer.refresh_from_db()
    assert answer.chosen == chosen
    with pytest.raises(PermissionDenied):
        settle_answer(answer=answer, by=MemberFactory())


def test_save__changes_nothing_once_submitted_and_says_so() -> None:
    sitting = SittingFactory(failed=True)
    answer = sitting.answers.first()
    before = answer.chosen
    with pytest.raises(AlreadySubmitted):
        save_answer(answer=answer, chosen=list(answer.asked.right), by=sitting.member)
    answer.refresh_from_db()
    assert answer.chosen == before


def test_nobody_answers_or_submits_for_somebody_else() -> None:
    sitting = SittingFactory()
    stranger = MemberFactory(administrator=True)
    with pytest.raises(PermissionDenied):
        answer_it(sitting.answers.first(), by=stranger)
    with pytest.raises(PermissionDenied):
        submit_sitting(sitting=sitting, by=stranger)
    sitting.refresh_from_db()
    assert sitting.is_open


# --- Submitting ----------------------------------------------------------------------------------
def test_submit__marks_every_answer_and_tells_the_house_once(heard: list[Sitting]) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=5), right=4)
    marked = submit_sitting(sitting=sitting, by=sitting.member)
    assert (marked.score, marked.max_score, marked.passed) == (400, 500, True)
    assert list(marked.answers.values_list("mark", flat=True)) == [100, 100, 100, 100, 0]
    again = submit_sitting(sitting=sitting, by=sitting.member)
    assert (again.submitted_at, again.score) == (marked.submitted_at, 400)
    assert heard == [sitting]


def test_submit__what_is_not_answered_is_not_right() -> None:
    sitting = submit_sitting(sitting=(one := SittingFactory()), by=one.member)
    assert (sitting.score, sitting.max_score, sitting.passed) == (0, 300, False)


def test_submit__multiple_choice_is_all_or_nothing() -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=[QuestionFactory(multiple=True)]))
    answer = sitting.answers.get()
    save_answer(answer=answer, chosen=list(answer.asked.right)[:1], by=sitting.member)
    assert submit_sitting(sitting=sitting, by=sitting.member).score == 0


def test_submit__a_listener_that_fails_undoes_the_marking() -> None:
    sitting = SittingFactory(right=3)

    def fail(**_: object) -> None:
        raise RuntimeError

    sitting_marked.connect(fail)
    with pytest.raises(RuntimeError):
        submit_sitting(sitting=sitting, by=sitting.member)
    sitting_marked.disconnect(fail)
    sitting.refresh_from_db()
    assert sitting.is_open
    assert set(sitting.answers.values_list("mark", flat=True)) == {None}


def test_pass_mark__is_80_by_default_and_that_of_the_moment_it_began() -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=5), right=4)
    sitting.quiz.pass_mark = 100
    sitting.quiz.save()
    assert sitting.pass_mark == 80
    assert submit_sitting(sitting=sitting, by=sitting.member).passed
