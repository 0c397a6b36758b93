"""What shows only in many questions together: doubles, and habits that give answers away."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from quizzes.kinds import Kind
from quizzes.lint.remark import Remark, Severity
from quizzes.lint.words import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizzes.models import Question

FEWEST = 5  # questions that make a habit
TOO_OFTEN = 0.6
DOUBLE = "It asks the same as {others}."
SAME_WORDS = "It begins with the same words as {others}, with other answers. Say what differs."
LONGEST = (
    "In {count} of {all} single-choice questions the right answer is the longest: people learn "
    "to guess. Make wrong answers as long."
)
PLACE = (
    "In {count} of {all} questions the right answer stands in place {place}, as written, and the "
    "order is not shuffled. Move some."
)


def bank_remarks(questions: Sequence[Question]) -> list[Remark]:
    """Return what these questions (with their options) show together."""
    return [*_doubles(questions), *_longest(questions), *_places(questions)]


def _doubles(questions: Sequence[Question]) -> Iterator[Remark]:
    alike: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        alike[normal(question.stem)].append(question)
    for found in alike.values():
        for question in found if len(found) > 1 else ():
            yield from double_remarks(question, found)


def double_remarks(question: Question, alike: Iterable[Question]) -> Iterator[Remark]:
    """Return what to say of a question with the same words as these others (or itself)."""
    about, answers = question.reference, _answers(question)
    others = [other for other in alike if other is not question]
    double = [other.reference for other in others if _answers(other) == answers]
    # Questions in the same words may still ask different things of different answers.
    differing = [other.reference for other in others if _answers(other) != answers]
    if double:
        yield Remark("double", Severity.WARNING, DOUBLE.format(others=", ".join(double)), about)
    if differing:
        yield Remark(
            "same-words", Severity.HINT, SAME_WORDS.format(others=", ".join(differing)), about
        )


def _answers(question: Question) -> set[str]:
    return {normal(f"{option.text} {option.match}") for option in question.options.all()}


def _longest(questions: Sequence[Question]) -> Iterator[Remark]:
    singles = [question for question in questions if question.kind == Kind.SINGLE]
    count = sum(_right_is_longest(question) for question in singles)
    if len(singles) >= FEWEST and count > TOO_OFTEN * len(singles):
        text = LONGEST.format(count=count, all=len(singles))
        yield Remark("longest-is-right", Severity.WARNING, text)


def _places(questions: Sequence[Question]) -> Iterator[Remark]:
    written = [
        question
        for question in questions
        if question.kind == Kind.SINGLE
        and question.option_order == question.OptionOrder.WRITTEN
        and any(option.is_correct for option in question.options.all())
    ]
    if len(written) < FEWEST:
        return
    places = Counter(_place_of_right(question) for question in written)
    ((place, count),) = places.most_common(1)
    if count > TOO_OFTEN * len(written):
        text = PLACE.format(count=count, all=len(written), place=place)
        yield Remark("same-place", Severity.WARNING, text)


def _right_is_longest(question: Question) -> bool:
    lengths = {option.is_correct: 0 for option in question.options.all()}
    for option in question.options.all():
        lengths[option.is_correct] = max(lengths[option.is_correct], len(option.text))
    return lengths.get(True, 0) > lengths.get(False, 0)


def _place_of_right(question: Question) -> int:
    right = [option.is_correct for option in question.options.all()]
    return right.index(True) + 1
