"""What Moodle's two formats share: shares of the mark, paths of categories, tags, and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from quizzes.exchange.items import OptionItem
from quizzes.exchange.markup import to_plain
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.items import Item

FULL = Decimal(100)
PLACES = Decimal("0.00001")
CLOSE = Decimal("0.001")  # 33.33 and 33.33333 are both a third
NUMBER = re.compile(r"[+-]?(?=[.\d])\d{0,30}\.?\d{0,30}([eE][+-]?\d{1,2})?\Z", re.ASCII)
CONTEXT = re.compile(r"\$[a-z0-9]+\$\Z")
SLASH = re.compile(r"(?<!/)/(?!/)")
REFERENCE = re.compile(r"[a-z0-9][a-z0-9_]*(-[a-z0-9_]+)+\Z")

JOINED = "The bank keeps two levels of topics: lower ones are joined to the second."
PICTURE = "A picture in an answer, a feedback or an explanation is left out."
DESCRIBED = "A picture as an answer is left out: its description stands in its place."
BARE_PICTURE = "An answer is a picture without a description. The question is left out."
FINEST = Decimal("0.000001")
TOO_FINE = "The tolerance in “{said}” has more than six decimal places: it is rounded to {kept}."
NOT_A_REFERENCE = (
    "An ID that is not made of letters, digits and hyphens (40 at most) is not kept; "
    "the question is given a new reference."
)
CATCH_ALL = "Feedback for all other answers is not kept."
UNITS = "Units are not kept: people type the number only."


class LeftOutError(ValueError):
    """A question that cannot come in, though the rest of the file can; the words say why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as Moodle has it: what choosing it gives, in per cent."""

    text: str
    fraction: Decimal
    feedback: str = ""
    tolerance: Decimal | None = None


def options(kind: str, answers: Sequence[Answer]) -> tuple[OptionItem, ...]:
    """Return Moodle's answers as options: a usual share of the mark is left unsaid."""
    right = [_is_right(kind, answer) for answer in answers]
    usual = _usual(kind, sum(right))
    return tuple(
        OptionItem(
            text=answer.text,
            is_correct=is_right,
            weight=_unless(answer.fraction, usual[is_right]),
            tolerance=answer.tolerance,
            feedback=answer.feedback,
        )
        for answer, is_right in zip(answers, right, strict=True)
    )


def fractions(item: Item) -> list[Decimal]:
    """Return what choosing each option gives, in per cent."""
    usual = _usual(item.kind, sum(option.is_correct for option in item.options))
    return [usual[o.is_correct] if o.weight is None else o.weight for o in item.options]


def number(text: str) -> Decimal | None:
    """Return the number a text is, none if it is none or a monstrous one."""
    text = text.strip()
    if not NUMBER.match(text):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.adjusted() < 30 else None


def digits(value: Decimal) -> str:
    """Return a number as people write it."""
    return f"{value.normalize():f}" if value else "0"


def named(text: str) -> str:
    """Return the name of a question if it is a reference, such as se-01."""
    name = text.strip()
    return name if REFERENCE.match(name) and len(name) <= 40 else ""


def identified(text: str, line: int, into: Gathering) -> str:
    """Return the ID of a question as a reference."""
    text = text.strip()
    if re.fullmatch(r"[A-Za-z0-9_-]{0,40}", text):
        return text
    into.note(line, NOT_A_REFERENCE)
    return ""


def category(path: str, line: int, into: Gathering) -> tuple[str, ...]:
    """Return the titles of a path such as $course$/top/Safeguarding/Children."""
    names = [name.strip().replace("//", "/") for name in SLASH.split(path.strip())]
    if names and CONTEXT.match(names[0]):
        del names[0]
    if names and names[0] == "top":
        del names[0]
    names = [name for name in names if name]
    if len(names) > 2:
        into.note(line, JOINED)
        names = [names[0], " / ".join(names[1:])]
    return tuple(names)


def path(titles: Sequence[str]) -> str:
    """Return the path of a category, as Moodle writes it."""
    names = [" ".join(title.replace("/", "//").split()) for title in titles]
    touches = any(name.startswith("/") or name.endswith("/") for name in names)
    return (" / " if touches else "/").join(["top", *names])


def plain(text: str, markup: str, line: int, into: Gathering) -> str:
    """Return plain text; what is lost is noted."""
    found = to_plain(text, markup)
    for note in found.notes:
        into.note(line, note)
    if found.pictures:
        into.note(line, PICTURE)
    return found.text


def answer(text: str, markup: str, line: int, into: Gathering) -> str:
    """Return the plain text of an answer; a picture alone is told by its description."""
    found = to_plain(text, markup)
    if found.text or not found.pictures:
        return plain(text, markup, line, into)
    descriptions = " ".join(alt for _, alt in found.pictures if alt)
    if not descriptions:
        raise LeftOutError(BARE_PICTURE)
    into.note(line, DESCRIBED)
    return descriptions


def tolerance(off: Decimal, said: str, line: int, into: Gathering) -> Decimal | None:
    """Return how far off still counts, as finely as the bank keeps it; `said` is the file's."""
    kept = off.quantize(FINEST, context=Context(prec=80))
    if kept != off:
        into.note(line, TOO_FINE.format(said=said[:40], kept=digits(kept)))
    return kept or None


def title(item: Item) -> str:
    """Return a name for a question: its reference, or how it begins."""
    return item.reference or " ".join(item.stem[:60].split()) or "?"


def _is_right(kind: str, answer: Answer) -> bool:
    return answer.fraction >= FULL if kind == Kind.SINGLE else answer.fraction > 0


def _usual(kind: str, right: int) -> tuple[Decimal, Decimal]:
    """Return what a wrong and a right option usually give."""
    if kind != Kind.MULTIPLE:
        return Decimal(0), FULL
    share = (FULL / max(right, 1)).quantize(PLACES)
    return -share, share


def _unless(fraction: Decimal, usual: Decimal) -> Decimal | None:
    return None if abs(fraction - usual) < CLOSE else fraction.quantize(PLACES)
