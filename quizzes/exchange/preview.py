"""A question of a file as people read it before they say yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.kinds import CHOICES, Kind

if TYPE_CHECKING:
    from quizzes.exchange.items import Item, OptionItem
    from quizzes.exchange.plan import Entry

RIGHT = "Right: "


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of a question."""

    item: Item
    kind: str
    category: str
    reference: str
    is_there: bool
    pk: int | None
    answers: list[str]
    steps: list[tuple[str, str, list[str]]]  # how the story goes on, question, answers


def shown(entry: Entry) -> Shown:
    """Return what the page says of a question."""
    item = entry.item
    return Shown(
        item=item,
        kind=str(Kind(item.kind).label),
        category=str(entry.category),
        reference=entry.reference,
        is_there=entry.is_there,
        pk=entry.pk,
        answers=answers(item),
        steps=[(step.lead_in, step.question.stem, answers(step.question)) for step in item.steps],
    )


def answers(item: Item) -> list[str]:
    """Return the answers, one a line, with what is right."""
    if item.kind == Kind.MATCHING:
        return [f"{one.text or '(fits nothing)'} → {one.match}" for one in item.options]
    if item.kind == Kind.ORDERING:
        return [f"{place}. {one.text}" for place, one in enumerate(item.options, start=1)]
    if item.kind in CHOICES:
        return [f"{RIGHT if one.is_correct else ''}{one.text}{_share(one)}" for one in item.options]
    return [f"{one.text}{_tolerance(one)}{_share(one)}" for one in item.options]


def _share(option: OptionItem) -> str:
    return "" if option.weight is None else f" ({option.weight.normalize():f}% of the mark)"


def _tolerance(option: OptionItem) -> str:
    return f" (± {option.tolerance.normalize():f})" if option.tolerance else ""
