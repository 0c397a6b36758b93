"""What shows in a single question."""

from __future__ import annotations

import re
from math import ceil
from statistics import mean
from typing import TYPE_CHECKING

from members.dates import today
from quizzes.completeness import is_number
from quizzes.kinds import CHOICES, ONE_OF, Kind
from quizzes.lint.remark import Remark, Severity
from quizzes.lint.words import ALL_OF_THEM, NEGATIVE, absolutes, normal, reading_age

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizzes.models import Option, Question

LONGER, LETTERS = 1.5, 20  # how much longer than the others gives it away
OLDEST_READER = 14

NO_EXPLANATION = "Write an explanation: it is what people learn from."
NO_FEEDBACK = "Say to who chooses “{text}” why it is not right."
LONG = "The right answer is much longer than the others: people will guess. Shorten “{text}”."
UNPINNED = (
    "“{text}” moves about when the answers are shuffled or sorted. Tick “keep in place”, or leave "
    "the answers as they are written."
)
GUESSED = "Only wrong answers have words like “{word}”: people will guess. Use them evenly."
NEGATED = "“{word}” is easily overread. Ask it the other way round, or write it in CAPITALS."
OVERLAPS = "“{short}” is part of “{long}”: who thinks one right must think so of the other."
TICK_ALL = "Who ticks everything gets full marks. Let wrong answers take some away."
HARD = "It reads as if for people of {age} and older. Use shorter sentences and words."
LAST_FREE = "The last pair follows by itself. Add something on the right that fits nothing."
WHOSE_LAW = "It names a law. Say whose nation's law it is and when to check it again."
OVERDUE = "Its law was to be checked again by {day:%-d %B %Y}."
CLOSED_RANGE = "“{text}” is accepted to the last digit. Give a tolerance if near enough is right."
NAMES_LAW = re.compile(r"\b(?:Act|Order) (?:19|20)\d\d\b")


def remarks(question: Question) -> list[Remark]:
    """Return what an author should look at in this question, saved or not, the worst first."""
    about = question.reference
    found = [Remark("incomplete", Severity.SERIOUS, text, about) for text in question.problems()]
    for rule, severity in RULES.items():
        name = rule.__name__.strip("_").replace("_", "-")
        found += [Remark(name, severity, text, about) for text in rule(question)]
    order = list(Severity)
    return sorted(found, key=lambda remark: order.index(remark.severity))


def _no_explanation(question: Question) -> Iterator[str]:
    if not question.explanation.strip():
        yield NO_EXPLANATION


def _no_feedback(question: Question) -> Iterator[str]:
    if question.kind in CHOICES:
        for option in _wrong(question):
            if not option.feedback:
                yield NO_FEEDBACK.format(text=option.text)


def _long_right_answer(question: Question) -> Iterator[str]:
    if question.kind not in ONE_OF or not _wrong(question):
        return
    others = mean(len(option.text) for option in _wrong(question))
    for option in _right(question):
        length = len(option.text)
        if length > LONGER * others and length > others + LETTERS:
            yield LONG.format(text=option.text)


def _all_of_them(question: Question) -> Iterator[str]:
    if question.kind in CHOICES and question.option_order != question.OptionOrder.WRITTEN:
        for option in question.options.all():
            if ALL_OF_THEM.fullmatch(option.text.strip()) and not option.is_pinned:
                yield UNPINNED.format(text=option.text)


def _absolute_words(question: Question) -> Iterator[str]:
    if question.kind not in ONE_OF or question.kind == Kind.TRUE_FALSE:
        return
    telling = [found for option in _wrong(question) if (found := absolutes(option.text))]
    if len(telling) >= 2 and not any(absolutes(option.text) for option in _right(question)):
        yield GUESSED.format(word=min(telling[0]))


def _negative(question: Question) -> Iterator[str]:
    last = re.split(r"(?<=[.!])\s", question.stem.strip())[-1]
    negative = NEGATIVE.search(last)
    if question.kind in CHOICES and last.endswith("?") and negative:
        yield NEGATED.format(word=negative[1])


def _overlap(question: Question) -> Iterator[str]:
    texts = [option.text for option in question.options.all()]
    if question.kind not in ONE_OF:
        return
    for short in texts:
        for long in texts:
            if short is not long and f" {normal(short)} " in f" {normal(long)} ":
                yield OVERLAPS.format(short=short, long=long)


def _everything_ticked(question: Question) -> Iterator[str]:
    if question.kind != Kind.MULTIPLE or not question.is_partial or not _wrong(question):
        return
    if all(option.weight is not None and option.weight >= 0 for option in _wrong(question)):
        yield TICK_ALL


def _hard_to_read(question: Question) -> Iterator[str]:
    texts = [question.stem, *(option.text for option in question.options.all())]
    age = reading_age(" ".join(f"{text.rstrip('.?!')}." for text in texts if text))
    if age is not None and age > OLDEST_READER:
        yield HARD.format(age=ceil(age))


def _last_pair(question: Question) -> Iterator[str]:
    if question.kind == Kind.MATCHING:
        matches = [option.match for option in question.options.all()]
        lefts = [option for option in question.options.all() if option.text]
        if len(set(matches)) == len(matches) == len(lefts):
            yield LAST_FREE


def _whose_law(question: Question) -> Iterator[str]:
    if not question.nation and NAMES_LAW.search(f"{question.stem} {question.source}"):
        yield WHOSE_LAW


def _overdue(question: Question) -> Iterator[str]:
    if question.review_by and question.review_by < today():
        yield OVERDUE.format(day=question.review_by)


def _exact_number(question: Question) -> Iterator[str]:
    if question.kind == Kind.NUMERIC:
        for option in _right(question):
            if is_number(option.text) and "." in option.text and not option.tolerance:
                yield CLOSED_RANGE.format(text=option.text)


def _right(question: Question) -> list[Option]:
    return [option for option in question.options.all() if option.is_correct]


def _wrong(question: Question) -> list[Option]:
    return [option for option in question.options.all() if not option.is_correct]


RULES: dict[Callable[[Question], Iterator[str]], Severity] = {
    _no_explanation: Severity.SERIOUS,
    _everything_ticked: Severity.SERIOUS,
    _overdue: Severity.SERIOUS,
    _long_right_answer: Severity.WARNING,
    _all_of_them: Severity.WARNING,
    _absolute_words: Severity.WARNING,
    _overlap: Severity.WARNING,
    _hard_to_read: Severity.WARNING,
    _whose_law: Severity.WARNING,
    _no_feedback: Severity.HINT,
    _negative: Severity.HINT,
    _last_pair: Severity.HINT,
    _exact_number: Severity.HINT,
}
