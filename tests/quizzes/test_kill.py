"""The web server is killed while people answer: what it acknowledged is kept, nothing is half."""

from __future__ import annotations

import time
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

import pytest

from courses.models import Completion, QuizStepPage, StepProgress
from quizzes.models import Answer, Sitting
from tests.courses.factories import CourseFactory, LiveQuizFactory, QuizStepFactory
from tests.members.factories import MemberFactory
from tests.quizzes.visitors import Server, Visitor, once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

KILLS, VISITORS, PEOPLE_EACH = 2, 6, 5
SOME = 15  # answers acknowledged before it is killed again


def quiz_in_a_course() -> QuizStepPage:
    course = CourseFactory(modules=0)
    QuizStepFactory(parent=course, quiz=LiveQuizFactory(questions=2))
    course.refresh_from_db()
    course.save_revision().publish()
    return QuizStepPage.objects.get()


def lost(visitors: Sequence[Visitor]) -> list[tuple[int, int]]:
    """Return the answers that are not what was acknowledged, nor what was tried after that."""
    rows = {(row.sitting_id, row.position): row for row in Answer.objects.all()}
    noted = [item for visitor in visitors for item in visitor.notes.items()]
    return [
        key for key, note in noted if _place(rows.get(key)) not in {note.acknowledged, *note.tried}
    ]


def _place(row: Answer | None) -> int | None:
    return row.option_order.index(row.chosen[0]) if row and row.chosen else None


def half_done(visitors: Sequence[Visitor]) -> list[str]:
    """Return what one transaction should have written, and is there only in part."""
    submitted, passed = Sitting.objects.submitted(), Sitting.objects.filter(passed=True)
    marked = Answer.objects.exclude(mark=None)
    acknowledged = {sitting for visitor in visitors for sitting in visitor.submitted}
    wrong = {
        "submitted without marks": submitted.filter(answers__mark=None).exists(),
        "submitted without a result": submitted.filter(marked_at=None).exists(),
        "marked and not submitted": marked.filter(sitting__submitted_at=None).exists(),
        "acknowledged and not submitted": acknowledged
        - set(submitted.values_list("pk", flat=True)),
        "begun without its questions": Sitting.objects.filter(answers=None).exists(),
        "passed without progress": passed.count() != StepProgress.objects.count(),
        "passed without a completion": passed.count() != Completion.objects.count(),
    }
    return [name for name, is_so in wrong.items() if is_so]


@contextmanager
def visiting(server: Server, step: QuizStepPage) -> Iterator[list[Visitor]]:
    people = [MemberFactory.create_batch(PEOPLE_EACH) for _ in range(VISITORS)]
    visitors = [Visitor(n, members, step.url, server.door) for n, members in enumerate(people)]
    for visitor in visitors:
        visitor.start()
    try:
        yield visitors
    finally:
        for visitor in visitors:
            visitor.stop.set()
        server.kill()
        for visitor in visitors:
            visitor.join()


def wait_for_some(visitors: Sequence[Visitor]) -> None:
    before, deadline = sum(v.acknowledged for v in visitors), time.monotonic() + 120
    while sum(v.acknowledged for v in visitors) < before + SOME:
        assert time.monotonic() < deadline, "nobody can go on"
        assert not any(v.refused for v in visitors), [v.refused for v in visitors]
        time.sleep(0.005)


def test_killed_again_and_again_it_loses_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    step, server, random = quiz_in_a_course(), Server(tmp_path), Random()  # noqa: S311
    with visiting(server, step) as visitors:
        for _ in range(KILLS):
            server.start()
            wait_for_some(visitors)
            time.sleep(random.random() / 10)
            server.kill()
            assert half_done([]) == []
        server.start()
        wait_for_some(visitors)
    assert [visitor.refused for visitor in visitors] == [[]] * VISITORS
    assert lost(visitors) == []
    assert half_done(visitors) == []
    assert Sitting.objects.submitted().count() >= 3, "enough happened to prove something"
    _what_is_lost_would_be_noticed(visitors)


def _what_is_lost_would_be_noticed(visitors: Sequence[Visitor]) -> None:
    """The control: somebody notes what a dead server never took; somebody undoes a part."""
    noted = [item for visitor in visitors for item in visitor.notes.items()]
    key, note = next(item for item in noted if not item[1].tried)
    row, other = Answer.objects.get(sitting=key[0], position=key[1]), 1 - (note.acknowledged or 0)
    with pytest.raises(ConnectionRefusedError):
        once(visitors[0].door, "", f"/quizzes/{key[0]}/{key[1]}/", {"choice": str(other)})
    note.acknowledged = other
    assert lost(visitors) == [(row.sitting_id, row.position)]
    sitting = Sitting.objects.submitted().latest("pk")
    sitting.answers.update(mark=None)
    Sitting.objects.filter(pk=sitting.pk).update(passed=not sitting.passed)
    assert half_done(visitors) == [
        "submitted without marks",
        "passed without progress",
        "passed without a completion",
    ]
