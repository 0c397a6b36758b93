"""What a question still lacks before it may be published, in words for its author."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from quizzes.kinds import CHOICES, NO_STEPS_OF, Kind
from quizzes.weights import weight_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any, Self

TOO_FEW = "Add answers to choose from: a question needs at least two."
TRUE_FALSE = ("True", "False")
NOT_TWO = "A true or false question has exactly two answers, in this order: True and False."
NONE_RIGHT = "Say which answer is right: none is marked yet."
SEVERAL_RIGHT = (
    "Only one answer can be right here, and {count} are marked. "
    "Unmark the others, or change the type to multiple choice."
)
BLANK = "Write something in every answer, or remove the empty ones."
TWICE = "“{text}” is there twice. Two answers with the same words cannot be told apart."
TOO_FEW_PAIRS = "Add pairs: matching needs at least two, each with both sides filled in."
NO_MATCH = "Write what “{text}” goes with."
TOO_FEW_ITEMS = "Add what is to be put in order: at least two, from first to last."
NO_NUMBER = "Add the number that is right."
NOT_A_NUMBER = "“{text}” is not a number. Write digits, such as 18 or 2.5, at most 15."
DIGITS = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
NO_TEXT = "Add at least one way to write the right answer."
NO_STEPS = "Add at least two steps: each is a question of its own from the bank."
STEP_UNPUBLISHED = "Publish its step “{step}” first."
STEP_WRONG_KIND = "“{step}” cannot be a step: a step is not a scenario or an essay."
STEP_OF_LAW = (
    "“{step}” is about the law of {nation}, and so everybody who meets this scenario must be. "
    "Say {nation} here too."
)
IS_A_STEP = (
    "It is a step of a scenario, and no step is a scenario or an essay. "
    "Take it out of the scenario first."
)
STEP_ELSEWHERE = (
    "It is a step of a scenario that also people outside {nation} meet. "
    "Say {nation} in the scenario first."
)
NO_GUIDANCE = "Write for the marker what a good answer contains."
LAW_INCOMPLETE = (
    "A question about a nation's law says where the law stands, the day somebody checked it, and "
    "when to check it again. Still missing: {missing}."
)
MOST_DIGITS = 20
NO_ALT = "Say what the image shows, for people who do not see it."


@dataclass(frozen=True, slots=True)
class Part:
    """An option as far as completeness goes."""

    text: str
    match: str = ""
    is_correct: bool = False
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A scenario's step."""

    name: str
    kind: str
    is_published: bool
    nation: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it is about to be published, from the form or from the database."""

    kind: str
    parts: Sequence[Part] = ()
    steps: Sequence[Step] = ()
    guidance: str = ""
    has_image: bool = False
    image_alt: str = ""
    nation: str = ""
    source: str = ""
    law_as_at: date | None = None
    review_by: date | None = None
    is_partial: bool = False
    told_in: Sequence[str] = ()  # the nation, or none, of each scenario it is a step of
    right: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "right", sum(part.is_correct for part in self.parts))

    @classmethod
    def of(cls, question: Any) -> Self:
        """Read a question with its options and steps."""
        return cls.read(
            vars(question) | {"image": question.image_id, "told_in": question.told_in},
            parts=[vars(option) for option in question.options.all()],
            steps=[step.question for step in question.steps.all()],
        )

    @classmethod
    def read(
        cls, fields: Mapping[str, Any], *, parts: Sequence[dict[str, Any]], steps: Sequence[Any]
    ) -> Self:
        """Read what a form holds: fields, rows of options, and questions that are steps."""
        return cls.told(
            fields,
            parts=[Part(p["text"], p["match"], p["is_correct"], p["weight"]) for p in parts],
            steps=[Step(str(s), s.kind, s.live, s.nation) for s in steps],
        )

    @classmethod
    def told(
        cls, fields: Mapping[str, Any], *, parts: Sequence[Part], steps: Sequence[Step]
    ) -> Self:
        """Make a draft of fields by name; those that are missing are empty."""
        return cls(
            kind=fields["kind"],
            parts=parts,
            steps=steps,
            has_image=bool(fields.get("image")),
            guidance=fields.get("guidance") or "",
            image_alt=fields.get("image_alt") or "",
            nation=fields.get("nation") or "",
            source=fields.get("source") or "",
            law_as_at=fields.get("law_as_at"),
            review_by=fields.get("review_by"),
            is_partial=bool(fields.get("is_partial")),
            told_in=fields.get("told_in") or (),
        )


def question_problems(draft: Draft) -> list[str]:
    """Return what is missing in a question, each with its remedy."""
    problems = CHECKS[Kind(draft.kind)](draft)
    problems += weight_problems(draft.kind, is_partial=draft.is_partial, parts=draft.parts)
    problems += _as_a_step(draft)
    if draft.has_image and not draft.image_alt:
        problems.append(NO_ALT)
    if draft.nation and (missing := _missing_of_law(draft)):
        problems.append(LAW_INCOMPLETE.format(missing=", ".join(missing)))
    return problems


def is_number(text: str) -> bool:
    """Return whether this is a number in digits, of a size that people write."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number.adjusted()) < MOST_DIGITS


def _choices(draft: Draft) -> list[str]:
    if draft.kind == Kind.TRUE_FALSE:
        is_usual = tuple(part.text for part in draft.parts) == TRUE_FALSE
        problems = [] if is_usual else [NOT_TWO]
    else:
        problems = _blank_or_twice(draft) + ([TOO_FEW] if len(draft.parts) < 2 else [])
    if not draft.right:
        problems.append(NONE_RIGHT)
    elif draft.kind != Kind.MULTIPLE and draft.right > 1:
        problems.append(SEVERAL_RIGHT.format(count=draft.right))
    return problems


def _pairs(draft: Draft) -> list[str]:
    lefts = [part for part in draft.parts if part.text]
    problems = [NO_MATCH.format(text=part.text) for part in lefts if not part.match]
    if len(lefts) < 2:
        problems.append(TOO_FEW_PAIRS)
    if not all(part.text or part.match for part in draft.parts):
        problems.append(BLANK)
    return problems + _twice([part.text for part in lefts])


def _items(draft: Draft) -> list[str]:
    few = [TOO_FEW_ITEMS] if len(draft.parts) < 2 else []
    return few + _blank_or_twice(draft)


def _numbers(draft: Draft) -> list[str]:
    texts = (part.text for part in draft.parts if not DIGITS.fullmatch(part.text))
    wrong = [NOT_A_NUMBER.format(text=text[:40]) for text in texts]
    return wrong if draft.right else [NO_NUMBER, *wrong]


def _texts(draft: Draft) -> list[str]:
    return _blank_or_twice(draft) if draft.right else [NO_TEXT]


def _steps(draft: Draft) -> list[str]:
    few = [NO_STEPS] if len(draft.steps) < 2 else []
    wrong = [STEP_WRONG_KIND.format(step=s.name) for s in draft.steps if s.kind in NO_STEPS_OF]
    wrong += [
        STEP_OF_LAW.format(step=s.name, nation=s.nation)
        for s in draft.steps
        if s.nation not in {"", draft.nation}
    ]
    drafts = [STEP_UNPUBLISHED.format(step=s.name) for s in draft.steps if not s.is_published]
    return few + wrong + drafts


def _as_a_step(draft: Draft) -> list[str]:
    problems = [IS_A_STEP] if draft.told_in and draft.kind in NO_STEPS_OF else []
    if draft.nation and any(nation != draft.nation for nation in draft.told_in):
        problems.append(STEP_ELSEWHERE.format(nation=draft.nation))
    return problems


def _essay(draft: Draft) -> list[str]:
    return [] if draft.guidance else [NO_GUIDANCE]


def _blank_or_twice(draft: Draft) -> list[str]:
    texts = [part.text for part in draft.parts]
    return ([] if all(texts) else [BLANK]) + _twice([text for text in texts if text])


def _twice(texts: list[str]) -> list[str]:
    again = {text for text in texts if texts.count(text) > 1}
    return [TWICE.format(text=text) for text in sorted(again)]


def _missing_of_law(draft: Draft) -> list[str]:
    said = {
        "the source": draft.source,
        "the day it was true": draft.law_as_at,
        "the day to check again": draft.review_by,
    }
    return [name for name, value in said.items() if not value]


CHECKS: dict[Kind, Callable[[Draft], list[str]]] = {
    **dict.fromkeys(CHOICES, _choices),
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _items,
    Kind.NUMERIC: _numbers,
    Kind.SHORT_TEXT: _texts,
    Kind.SCENARIO: _steps,
    Kind.ESSAY: _essay,
}
