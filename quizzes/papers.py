"""A question as one person was asked it: read from a version's content, in that person's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random
    from typing import Any, Self, TypeVar

    Item = TypeVar("Item")

MULTIPLE = "multiple"
TRUE_FALSE = "true_false"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. The key is the option's name through every version."""

    key: str
    text: str
    is_correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question's words at the version that was asked, its options in the order they were shown.

    A page names an option by its place in that order: neither place nor order tells the key.
    """

    stem: str
    kind: str
    explanation: str
    category_id: int | None
    choices: tuple[Choice, ...]

    @classmethod
    def read(cls, content: Mapping[str, Any], order: Sequence[str]) -> Self:
        """Read a revision's content; nothing is asked of the database."""
        options = {option["key"]: option for option in content["options"]}
        return cls(
            stem=content["stem"],
            kind=content["kind"],
            explanation=content["explanation"],
            category_id=content["category"],
            choices=tuple(_choice(options[key]) for key in order),
        )

    @property
    def takes_many(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind == MULTIPLE

    @property
    def right(self) -> frozenset[str]:
        """The keys of the options that are right."""
        return frozenset(choice.key for choice in self.choices if choice.is_correct)

    def places(self, keys: Iterable[str]) -> list[int]:
        """Return the places (from 0) of these options."""
        wanted = set(keys)
        return [place for place, choice in enumerate(self.choices) if choice.key in wanted]

    def keys(self, places: Iterable[int]) -> list[str]:
        """Return the keys of the options at these places."""
        return [self.choices[place].key for place in places]

    def picked(self, keys: Iterable[str]) -> list[Choice]:
        """Return these options, in the order they were shown."""
        return [self.choices[place] for place in self.places(keys)]


def option_order(content: Mapping[str, Any], random: Random) -> list[str]:
    """Return the option keys in a new order; pinned ones keep their place.

    True and False stay as written: everybody expects them in that order.
    """
    options = sorted(content["options"], key=lambda option: option["sort_order"] or 0)
    loose = [option["key"] for option in options if not option["is_pinned"]]
    if content["kind"] != TRUE_FALSE:
        random.shuffle(loose)
    rest = iter(loose)
    return [option["key"] if option["is_pinned"] else next(rest) for option in options]


def draw(pool: Sequence[Item], size: int | None, random: Random) -> list[Item]:
    """Draw `size` of the pool (all of it when None, or when it holds fewer) in a new order."""
    count = len(pool) if size is None else min(size, len(pool))
    return random.sample(pool, count)


def _choice(option: Mapping[str, Any]) -> Choice:
    return Choice(option["key"], option["text"], option["is_correct"], option["feedback"])
