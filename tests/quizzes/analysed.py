"""Many first attempts at once, written as rows: what item analysis reads."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from members.models import Member
from quizzes.models import Answer, Sitting
from tests.quizzes.factories import QuestionFactory, QuizFactory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizzes.models import Question, Quiz

WHEN = datetime(2026, 3, 27, 19, 30, tzinfo=UTC)
NUMBERS = count(1)


def a_quiz(questions: int = 4) -> Quiz:
    return QuizFactory(questions=questions, pass_mark=60)


def questions_of(quiz: Quiz) -> list[Question]:
    return [line.question for line in quiz.pool.select_related("question__live_revision")]


def strong_and_weak(quiz: Quiz, people: int = 40, *, odd: int | None = None) -> None:
    """The first half know everything, the others nothing; at question `odd` all choose as told."""
    size = quiz.pool.count()
    papers = [[0 if who < people // 2 else 1] * size for who in range(people)]
    if odd is not None:
        for paper in papers:
            paper[0] = odd
    sit(quiz, papers)


def sit(
    quiz: Quiz,
    papers: Sequence[Sequence[int | None]],
    *,
    number: int = 1,
    seconds: int | None = 30,
    worth: int = 100,
    marked: bool = True,
) -> list[Sitting]:
    """Write sittings; a paper says which option, as written, was chosen of each question.

    The first option is the right one; None is no answer.
    """
    asked = questions_of(quiz)
    members = Member.objects.bulk_create(
        Member(membership_number=f"A{next(NUMBERS)}", given_name="A", family_name="B")
        for _ in papers
    )
    sittings = Sitting.objects.bulk_create(
        Sitting(
            member=member,
            quiz=quiz,
            number=number,
            pass_mark=quiz.pass_mark,
            started_at=WHEN,
            submitted_at=WHEN,
            **(_result(quiz, paper, worth) if marked else {}),
        )
        for member, paper in zip(members, papers, strict=True)
    )
    Answer.objects.bulk_create(
        Answer(
            sitting=sitting,
            position=place,
            number=place,
            question=question,
            revision=question.live_revision,
            worth=worth,
            option_order=keys,
            chosen=[] if choice is None else [keys[choice]],
            answered_at=None if choice is None else WHEN,
            seconds=None if choice is None else seconds,
            mark=100 * (choice == 0),
        )
        for sitting, paper in zip(sittings, papers, strict=True)
        for place, (question, keys, choice) in enumerate(_asked(asked, paper), start=1)
    )
    return sittings


def _asked(
    questions: Sequence[Question], paper: Sequence[int | None]
) -> Iterable[tuple[Question, list[str], int | None]]:
    for question, choice in zip(questions, paper, strict=True):
        options = question.live_revision.content["options"]
        yield question, [option["key"] for option in options], choice


def _result(quiz: Quiz, paper: Sequence[int | None], worth: int) -> dict[str, object]:
    score, out_of = worth * sum(one == 0 for one in paper), worth * len(paper)
    passed = 100 * score >= quiz.pass_mark * out_of
    return {"score": score, "max_score": out_of, "passed": passed, "marked_at": WHEN}


__all__ = ["QuestionFactory", "a_quiz", "questions_of", "sit", "strong_and_weak"]
