"""A question as it travels between systems: what every reader makes and every writer takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that came inside the file."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class OptionItem:
    """One option, pair, place or accepted answer: its fields mean what `Option`'s do."""

    text: str
    is_correct: bool = True
    weight: Decimal | None = None  # per cent; None is the usual
    match: str = ""
    tolerance: Decimal | None = None
    feedback: str = ""
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class StepItem:
    """A scenario's step."""

    question: Item
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question. `kind` and the other words are those of `quizzes.models.Question`."""

    kind: str
    stem: str
    options: tuple[OptionItem, ...] = ()
    steps: tuple[StepItem, ...] = ()
    reference: str = ""  # empty: one is made of the category and a number
    category: tuple[str, ...] = ()  # titles, from the highest to the lowest; two levels are kept
    explanation: str = ""
    guidance: str = ""
    points: int = 1
    is_partial: bool = False
    is_case_sensitive: bool = False
    option_order: str = "random"
    nation: str = ""
    source: str = ""
    law_as_at: str = ""  # ISO dates, as text
    review_by: str = ""
    picture: Picture | None = None
    line: int = 0  # where it begins in the file, from 1
    is_local: bool = field(default=False, compare=False)  # other categories may have its reference


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A quiz that a file holds: its words and rules are those of `quizzes.models.Quiz`."""

    title: str
    places: tuple[int, ...] = ()  # its questions, as places (from 0) in `Found.items`
    slug: str = ""
    description: str = ""
    category: str = ""
    draws: int | None = None  # how many questions a sitting asks; None: all of them
    pass_mark: int | None = None
    pass_text: str = ""
    fail_text: str = ""
    is_shuffled: bool = False
    is_single_attempt: bool = False
    is_told_each_time: bool = False  # whether the answer is shown after each question
    is_draft: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a place of the file."""

    line: int
    reason: str


@dataclass(slots=True)
class Found:
    """What a file holds: questions, those of a type we lack, mistakes, and what was simplified.

    With an error nothing is imported; what is skipped is named and the rest comes in.
    """

    items: list[Item] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    quizzes: list[QuizItem] = field(default_factory=list)  # only django-quiz-app's files have them
