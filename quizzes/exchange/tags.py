"""Tags that carry, through Moodle and back, what its formats have no place for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.items import Item, OptionItem

WHOLE = "all or nothing"
EXACT = "capital letters matter"
IN_PARTS = frozenset({Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING})
ORDER, POINTS, PINNED = "order of answers", "points", "keep in place"
WORDS = {
    "nation": "nation",
    "source": "source",
    "law_as_at": "true on",
    "review_by": "review by",
}
NOT_KEPT = "Tags are not kept."


def tags(item: Item) -> list[str]:
    """Return what is unusual about a question, as tags."""
    said = [WHOLE] if item.kind in IN_PARTS and not item.is_partial else []
    if item.is_case_sensitive:
        said.append(EXACT)
    if item.option_order != "random":
        said.append(f"{ORDER}: {item.option_order}")
    if item.points != 1:
        said.append(f"{POINTS}: {item.points}")
    if pinned := [str(place) for place, o in enumerate(item.options, start=1) if o.is_pinned]:
        said.append(f"{PINNED}: {' '.join(pinned)}")
    for name, word in WORDS.items():
        if value := getattr(item, name):
            said.append(f"{word}: {' '.join(value.split())}")
    return said


def tagged(item: Item, said: Iterable[str], into: Gathering) -> Item:
    """Return the question with what its tags tell; other tags are noted."""
    told = _told(said, item.line, into)
    places = told.pop("pinned", [])
    return replace(item, options=_pinned(item.options, places), **told)


def _pinned(options: Sequence[OptionItem], places: Sequence[int]) -> tuple[OptionItem, ...]:
    return tuple(
        replace(option, is_pinned=True) if place in places else option
        for place, option in enumerate(options, start=1)
    )


def _told(said: Iterable[str], line: int, into: Gathering) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for tag in said:
        found = _field(tag.strip())
        if found is None:
            into.note(line, NOT_KEPT)
        else:
            told |= found
    return told


def _field(tag: str) -> dict[str, Any] | None:
    if tag in {WHOLE, EXACT}:
        return {"is_partial": False} if tag == WHOLE else {"is_case_sensitive": True}
    word, _, value = (part.strip() for part in tag.partition(":"))
    if word == ORDER and value:
        return {"option_order": value}
    if word in {POINTS, PINNED}:
        numbers = [int(n) for n in value.split() if n.isascii() and n.isdecimal() and len(n) < 4]
        return {"pinned": numbers} if word == PINNED else {"points": sum(numbers)}
    return next(({name: value} for name, w in WORDS.items() if w == word and value), None)
