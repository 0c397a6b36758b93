"""What each of Moodle's types of question becomes here."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quizzes.exchange.items import OptionItem
from quizzes.exchange.markup import MOODLE, PLAIN
from quizzes.exchange.moodle import (
    CATCH_ALL,
    FULL,
    UNITS,
    Answer,
    digits,
    number,
    options,
    tolerance,
)
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizzes.exchange.moodle_xml.tree import Node
    from quizzes.exchange.moodle_xml.words import Words

    Read = tuple[str, tuple[OptionItem, ...]]

NO_NUMBER = "“{text}” is not a number."
BY_NEIGHBOURS = "Putting in order is marked by place here, not by what stands next to what."
BY_PLACE = {"", "ALL_OR_NOTHING", "ABSOLUTE_POSITION"}
WHOLE = "ALL_OR_NOTHING"
NOTHING = Decimal(0)


def is_whole(node: Node) -> bool:
    """Return whether a question gives no part marks."""
    return node.said("gradingtype") == WHOLE


def _choices(node: Node, words: Words) -> Read:
    is_many = node.said("single") in {"false", "0"}
    kind = Kind.MULTIPLE if is_many else Kind.SINGLE
    found = [
        Answer(words.answer(answer), _fraction(answer, words), _feedback(answer, words))
        for answer in node.all("answer")
    ]
    return kind, options(kind, found)


def _true_false(node: Node, words: Words) -> Read:
    """Return True, then False. Old files say it in another language: then in this order."""
    answers = list(node.all("answer"))[:2]
    if answers and answers[0].words.casefold() == "false":
        answers.reverse()
    found = [
        OptionItem(
            text,
            is_correct=_fraction(answer, words) == FULL,
            feedback=_feedback(answer, words),
        )
        for text, answer in zip(("True", "False"), answers, strict=False)
    ]
    return Kind.TRUE_FALSE, tuple(found)


def _typed(node: Node, words: Words) -> Read:
    found = [
        Answer(answer.words, _fraction(answer, words), _feedback(answer, words))
        for answer in node.all("answer")
    ]
    return Kind.SHORT_TEXT, options(Kind.SHORT_TEXT, found)


def _numeric(node: Node, words: Words) -> Read:
    if any(unit.said("unit_name") for unit in node.first("units").all("unit")):
        words.into.note(words.line, UNITS)
    return Kind.NUMERIC, options(Kind.NUMERIC, list(_numbers(node, words)))


def _numbers(node: Node, words: Words) -> Iterator[Answer]:
    for answer in node.all("answer"):
        if answer.words in {"*", ""}:
            words.into.note(words.line, CATCH_ALL)
            continue
        value = _number(answer.words, words)
        said = answer.said("tolerance") or "0"
        off = tolerance(_number(said, words) or NOTHING, said, words.line, words.into)
        text = answer.words[:40] if value is None else digits(value)
        yield Answer(text, _fraction(answer, words), _feedback(answer, words), off)


def _matching(node: Node, words: Words) -> Read:
    return Kind.MATCHING, tuple(
        OptionItem(words.answer(pair), match=words.plain(pair.first("answer"), PLAIN))
        for pair in node.all("subquestion")
    )


def _ordering(node: Node, words: Words) -> Read:
    """Return the items by their place, which Moodle writes as the fraction."""
    if node.said("gradingtype") not in BY_PLACE:
        words.into.note(words.line, BY_NEIGHBOURS)
    answers = sorted(node.all("answer"), key=lambda answer: _fraction(answer, words))
    return Kind.ORDERING, tuple(
        OptionItem(words.answer(answer, MOODLE), feedback=_feedback(answer, words))
        for answer in answers
    )


def _essay(node: Node, words: Words) -> Read:
    return Kind.ESSAY, ()


def _feedback(answer: Node, words: Words) -> str:
    return words.plain(answer.first("feedback"))


def _fraction(answer: Node, words: Words) -> Decimal:
    return _number(answer.attributes.get("fraction", "0"), words) or FULL * 0


def _number(text: str, words: Words) -> Decimal | None:
    value = number(text)
    if value is None:
        words.into.error(words.line, NO_NUMBER.format(text=text[:40]))
    return value


KINDS: dict[str, Callable[[Node, Words], Read]] = {
    "multichoice": _choices,
    "truefalse": _true_false,
    "shortanswer": _typed,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
}
