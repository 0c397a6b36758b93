"""How a sitting begins: its paper is drawn and written down, with the versions of this moment."""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from members.clock import database_now
from quizzes.asked import orders
from quizzes.attempts import NOT_READY, NoAttemptNow
from quizzes.drawing import draw
from quizzes.kinds import Kind
from quizzes.models import Answer, Question, Sitting
from quizzes.models.pool import lines_of
from quizzes.scores import POINT, shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from wagtail.models import Revision

    from quizzes.attempts import Chances
    from quizzes.drawing import Entry

RANDOM = SystemRandom()


def begin(standing: Chances, terms: dict[str, Any]) -> Sitting:
    """Draw a paper and write the sitting; raise NoAttemptNow when there is nothing to ask."""
    quiz, minutes = standing.quiz, standing.minutes
    drawn = _drawn(standing)
    if not drawn:
        raise NoAttemptNow(NOT_READY)
    now = database_now()
    sitting = Sitting.objects.create(
        quiz=quiz,
        member=standing.member,
        pass_mark=quiz.pass_mark,
        feedback_when=quiz.feedback_when,
        shows=quiz.shows,
        started_at=now,
        closes_at=now + timedelta(minutes=minutes) if minutes else None,
        **terms,
    )
    answers = list(paper(drawn))
    for position, answer in enumerate(answers, start=1):
        answer.sitting, answer.position = sitting, position
    Answer.objects.bulk_create(answers)
    return sitting


def _drawn(standing: Chances) -> list[Entry]:
    quiz = standing.quiz
    if not quiz.live:
        return []
    return draw(standing.pool, lines_of(quiz), quiz.draw, RANDOM, quiz.order)


def paper(drawn: list[Entry]) -> Iterator[Answer]:
    """Make a paper's answers, not saved yet. A scenario becomes one for each of its steps."""
    found = _published([entry.question for entry in drawn])
    steps = _published([pk for question in found.values() for pk in _step_ids(question)])
    for number, entry in enumerate(drawn, start=1):
        question = found[entry.question]
        worth = POINT * question.live_revision.content.get("points", 1)
        facts = {"number": number, "is_critical": entry.is_critical}
        if question.kind != Kind.SCENARIO:
            yield _answer(question, worth=worth, **facts)
            continue
        ids = _step_ids(question)
        for part, (pk, share) in enumerate(zip(ids, shares(worth, len(ids)), strict=True), 1):
            place = {"part": part, "parts": len(ids), "scenario": question.live_revision}
            yield _answer(steps[pk], worth=share, **place, **facts)


def _answer(question: Question, **facts: Any) -> Answer:
    revision: Revision = question.live_revision
    order, match_order = orders(revision.content, RANDOM)
    return Answer(
        question=question,
        revision=revision,
        option_order=order,
        match_order=match_order,
        **facts,
    )


def _step_ids(question: Question) -> list[int]:
    """The questions of a scenario's steps, as its published version tells them."""
    steps = question.live_revision.content.get("steps", [])
    return [step["question"] for step in sorted(steps, key=lambda s: s["sort_order"] or 0)]


def _published(pks: list[int]) -> dict[int, Question]:
    if not pks:
        return {}
    return dict(Question.objects.select_related("live_revision").in_bulk(pks))
