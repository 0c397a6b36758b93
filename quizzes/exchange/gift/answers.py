"""What stands between the braces: it also says what type of question it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from quizzes.exchange.checking import MOST_OPTIONS, TOO_MANY_OPTIONS
from quizzes.exchange.gift.blocks import restored
from quizzes.exchange.gift.words import UnclearError, Words
from quizzes.exchange.items import OptionItem
from quizzes.exchange.moodle import CATCH_ALL, FULL, Answer, digits, number, options, tolerance
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUE, FALSE = {"T", "TRUE"}, {"F", "FALSE"}
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,20})?)%")
NOTHING = Decimal(0)

BEFORE_FIRST = "“{text}” stands before the first answer. Begin an answer with = or ~."
NO_ARROW = "“{text}” goes with nothing. Write a pair as =this -> that."
NOT_A_NUMBER = "“{text}” is not a number. Write 18, 18:1 (with a tolerance) or 17..19."

Read = tuple[str, tuple[OptionItem, ...]]


def answers(body: str, words: Words) -> Read:
    """Return the type and the options. The order of the questions asked here is Moodle's."""
    if not body:
        return Kind.ESSAY, ()
    if body.startswith("#"):
        return Kind.NUMERIC, options(Kind.NUMERIC, list(_numbers(body[1:], words)))
    if "~" in body:
        return _choices(body, words)
    if "=" in body and "->" in body:
        return Kind.MATCHING, tuple(_pair(text, words) for text in _pieces(body))
    if body.partition("#")[0].strip().upper() in TRUE | FALSE:
        return Kind.TRUE_FALSE, _true_false(body, words)
    return Kind.SHORT_TEXT, options(Kind.SHORT_TEXT, list(_texts(body, words)))


def _choices(body: str, words: Words) -> Read:
    kind = Kind.SINGLE if "=" in body else Kind.MULTIPLE
    first, *pieces = body.replace("=", "~=").split("~")
    _refuse_many(pieces)
    if first.strip():
        raise UnclearError(BEFORE_FIRST.format(text=first.strip()[:40]))
    return kind, options(kind, [_choice(piece.strip(), words) for piece in pieces])


def _choice(piece: str, words: Words) -> Answer:
    usual = FULL if piece.startswith("=") else NOTHING
    fraction, rest = _weighed(piece.removeprefix("="), usual)
    text, _, feedback = rest.partition("#")
    return Answer(words.answer(text), fraction, words.plain(feedback))


def _texts(body: str, words: Words) -> Iterator[Answer]:
    for piece in _pieces(body):
        fraction, rest = _weighed(piece, FULL)
        text, _, feedback = rest.partition("#")
        yield Answer(words.bare(text), fraction, words.plain(feedback))


def _numbers(body: str, words: Words) -> Iterator[Answer]:
    body, others, _ = body.partition("~")
    if others:
        words.into.note(words.line, CATCH_ALL)
    for piece in _pieces(body):
        fraction, rest = _weighed(piece, FULL)
        text, _, feedback = rest.partition("#")
        if words.bare(text) == "*":
            words.into.note(words.line, CATCH_ALL)
            continue
        said = words.bare(text)
        middle, off = _range(said)
        kept = tolerance(off, said, words.line, words.into)
        yield Answer(digits(middle), fraction, words.plain(feedback), kept)


def _range(text: str) -> tuple[Decimal, Decimal]:
    """Return the middle and how far off still counts: of 3, 3:0.5 or 2.5..3.5."""
    low, dots, high = text.partition("..")
    middle, _, off = text.partition(":")
    one, other = number(low if dots else middle), number(high if dots else off or "0")
    if one is None or other is None:
        raise UnclearError(NOT_A_NUMBER.format(text=text[:40]))
    return ((one + other) / 2, abs(other - one) / 2) if dots else (one, other)


def _pair(text: str, words: Words) -> OptionItem:
    left, arrow, right = text.partition("->")
    if not arrow:
        raise UnclearError(NO_ARROW.format(text=text[:40]))
    return OptionItem(words.answer(left), match=restored(right).strip())


def _true_false(body: str, words: Words) -> tuple[OptionItem, ...]:
    answer, wrong, right = (*body.split("#", 2), "", "")[:3]
    is_true = answer.strip().upper() in TRUE
    said = {True: words.plain(right), False: words.plain(wrong)}
    return (
        OptionItem("True", is_correct=is_true, feedback=said[is_true]),
        OptionItem("False", is_correct=not is_true, feedback=said[not is_true]),
    )


def _pieces(body: str) -> list[str]:
    """Return what stands after each =; before the first one Moodle lets it be left away."""
    first, *pieces = (piece.strip() for piece in body.split("="))
    _refuse_many(pieces)
    return [first, *pieces] if first else pieces


def _refuse_many(pieces: list[str]) -> None:
    # Before any of them is looked at: a file may hold a million.
    if len(pieces) > MOST_OPTIONS:
        raise UnclearError(TOO_MANY_OPTIONS)


def _weighed(text: str, usual: Decimal) -> tuple[Decimal, str]:
    found = WEIGHT.match(text)
    return (Decimal(found[1]), text[found.end() :]) if found else (usual, text)
