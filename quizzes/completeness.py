"""What a question or a quiz still lacks before it may be published, in words for the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.papers import MULTIPLE, TRUE_FALSE

if TYPE_CHECKING:
    from collections.abc import Sequence

TOO_FEW = "Add answers to choose from: a question needs at least two."
NOT_TWO = "A true or false question has exactly two answers: True and False."
NONE_RIGHT = "Say which answer is right: none is marked yet."
SEVERAL_RIGHT = (
    "Only one answer can be right here, and {count} are marked. "
    "Unmark the others, or change the type to multiple choice."
)
NO_QUESTIONS = "Add questions: a quiz without questions cannot be published."
NONE_PUBLISHED = "None of its questions is published. Publish at least one of them first."
DRAWS_TOO_MANY = (
    "It asks {draw} questions in a sitting, but only {published} of its questions "
    "{are} published. Publish {short} more, or ask fewer."
)


def question_problems(*, kind: str, right: Sequence[bool]) -> list[str]:
    """Return what is missing; `right` says of each option whether it is right."""
    problems = []
    if kind == TRUE_FALSE and len(right) != 2:
        problems.append(NOT_TWO)
    elif len(right) < 2:
        problems.append(TOO_FEW)
    if not any(right):
        problems.append(NONE_RIGHT)
    elif kind != MULTIPLE and sum(right) > 1:
        problems.append(SEVERAL_RIGHT.format(count=sum(right)))
    return problems


def quiz_problems(*, pool: int, published: int, draw: int | None) -> list[str]:
    """Return what is missing in a quiz with `pool` questions, `published` of them published."""
    if not pool:
        return [NO_QUESTIONS]
    if not published:
        return [NONE_PUBLISHED]
    if draw and draw > published:
        are = "is" if published == 1 else "are"
        short = draw - published
        return [DRAWS_TOO_MANY.format(draw=draw, published=published, are=are, short=short)]
    return []
