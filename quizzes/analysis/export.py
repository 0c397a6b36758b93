"""A quiz's figures as a file: a line for each question, and one for each of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.spreadsheets import csv_bytes
from quizzes.analysis.flags import flags_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizzes.analysis.items import ItemFigures, OptionFigures
    from quizzes.models import Question

HEAD = (
    "Question",
    "Words",
    "Type",
    "Asked",
    "Right on average (%)",
    "Discrimination",
    "Correlation with the rest",
    "Mean time (s)",
    "Middle time (s)",
    "Versions",
    "To look at",
    "Answer",
    "Is right",
    "Chosen",
    "Of the best third (%)",
    "Of the middle third (%)",
    "Of the weakest third (%)",
)
OF_THE_QUESTION = HEAD.index("Answer")


def as_csv(rows: Iterable[tuple[Question, ItemFigures]]) -> bytes:
    """Return what spreadsheets read with its accents, and take for no formula."""
    lines = (line for question, item in rows for line in _lines(question, item))
    return csv_bytes([HEAD, *lines])


def _lines(question: Question, item: ItemFigures) -> Iterator[list[object]]:
    yield [
        question.reference,
        item.stem,
        item.kind.label,
        item.asked,
        _per_cent(item.facility),
        _number(item.discrimination),
        _number(item.correlation),
        _number(item.mean_seconds),
        _number(item.median_seconds),
        item.versions,
        " ".join(f"{flag}." for flag in flags_of(item)),
        *[""] * (len(HEAD) - OF_THE_QUESTION),
    ]
    for option in [*item.options, item.nothing_chosen] if item.options else []:
        yield [question.reference, *[""] * (OF_THE_QUESTION - 1), *_option(option)]


def _option(option: OptionFigures) -> list[object]:
    shares = [option.best, option.middle, option.weakest]
    return [
        option.text,
        "yes" if option.is_right else "no",
        option.count if option.is_shown else option.count_shown,
        *(_per_cent(share) if option.is_shown else "" for share in shares),
    ]


def _per_cent(share: float | None) -> object:
    return "" if share is None else round(share * 100)


def _number(value: float | None) -> object:
    return "" if value is None else round(value, 2)
