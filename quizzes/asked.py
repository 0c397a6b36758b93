"""A question as one person was asked it: read from a version's content, in that person's order.

`chosen` is what an answer keeps, by the type of question: option keys (choices; ordering, in the
order given), "left:right" pairs of keys (matching), or the number as written (numeric).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from quizzes.completeness import is_number
from quizzes.kinds import CHOICES, TYPED, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random
    from typing import Any, Self

ARROW = " → "


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. The key is its name through every version."""

    key: str
    text: str
    is_correct: bool
    feedback: str
    match: str = ""
    weight: Decimal | None = None
    tolerance: Decimal | None = None


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
    matches: tuple[Choice, ...] = ()  # matching: the right-hand sides in the order shown
    written: tuple[str, ...] = ()  # the keys in the order they were written
    is_partial: bool = False
    is_case_sensitive: bool = False
    guidance: str = ""
    image_id: int | None = None
    image_alt: str = ""

    @classmethod
    def read(
        cls, content: Mapping[str, Any], order: Sequence[str], match_order: Sequence[str] = ()
    ) -> Self:
        """Read a revision's content; nothing is asked of the database."""
        options = {option["key"]: _choice(option) for option in _written(content)}
        return cls(
            stem=content["stem"],
            kind=content["kind"],
            explanation=content["explanation"],
            category_id=content["category"],
            choices=tuple(options[key] for key in order),
            matches=tuple(options[key] for key in match_order),
            written=tuple(options),
            # Versions from before these fields do not have them.
            is_partial=content.get("is_partial", False),
            is_case_sensitive=content.get("is_case_sensitive", False),
            guidance=content.get("guidance", ""),
            image_id=content.get("image"),
            image_alt=content.get("image_alt", ""),
        )

    @property
    def takes_many(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind == Kind.MULTIPLE

    @property
    def is_typed(self) -> bool:
        """Whether people write here, in words."""
        return self.kind in TYPED

    @property
    def right(self) -> frozenset[str]:
        """The keys of the options that are right."""
        return frozenset(choice.key for choice in self.choices if choice.is_correct)

    @property
    def in_order(self) -> list[str]:
        """Ordering: the keys from first to last."""
        return [key for key in self.written if key in {choice.key for choice in self.choices}]

    def places(self, keys: Iterable[str]) -> list[int]:
        """Return the places (from 0) of these options."""
        wanted = set(keys)
        return [place for place, choice in enumerate(self.choices) if choice.key in wanted]

    def keys(self, places: Iterable[int]) -> list[str]:
        """Return the keys of the options at these places."""
        return [self.choices[place].key for place in places]

    def picked(self, keys: Iterable[str]) -> list[Choice]:
        """Return these options, in the order they were shown."""
        if self.kind not in CHOICES:
            return []
        return [self.choices[place] for place in self.places(keys)]

    def accepts(self, chosen: Sequence[str]) -> bool:
        """Return whether `chosen` is something this question can be answered with."""
        return not chosen or ACCEPTS.get(Kind(self.kind), _nothing)(self, chosen)

    def in_words(self, chosen: Sequence[str], typed: str = "") -> list[str]:
        """Return an answer line by line, for people to read."""
        if self.is_typed:
            return typed.splitlines()
        if self.kind == Kind.NUMERIC:
            return list(chosen)
        if self.kind == Kind.MATCHING:
            return self._pairs(pair.split(":") for pair in chosen)
        if self.kind == Kind.ORDERING:
            texts = {choice.key: choice.text for choice in self.choices}
            return [f"{place}. {texts[key]}" for place, key in enumerate(chosen, start=1)]
        return [choice.text for choice in self.picked(chosen)]

    @property
    def right_words(self) -> list[str]:
        """Return what would have been right, line by line."""
        if self.kind == Kind.MATCHING:
            return [f"{choice.text}{ARROW}{choice.match}" for choice in self.choices]
        if self.kind == Kind.ORDERING:
            return self.in_words(self.in_order)
        return [_with_tolerance(choice) for choice in self.choices if choice.is_correct]

    def _pairs(self, pairs: Iterable[Sequence[str]]) -> list[str]:
        left = {choice.key: choice.text for choice in self.choices}
        right = {choice.key: choice.match for choice in self.matches}
        return [f"{left[one]}{ARROW}{right[other]}" for one, other in pairs]


def orders(content: Mapping[str, Any], random: Random) -> tuple[list[str], list[str]]:
    """Return the order of a paper's options, and of the right-hand sides of a matching question.

    Pinned options keep their place. True and False stay as written: everybody expects them so.
    What is typed has nothing to shuffle.
    """
    options = _written(content)
    kind, order = content["kind"], content.get("option_order", "random")
    if kind == Kind.MATCHING:
        lefts = [option["key"] for option in options if option["text"]]
        return _shuffled(lefts, random), _right_hand_sides(options, random)
    if kind == Kind.ORDERING:
        return _shuffled([option["key"] for option in options], random), []
    loose = [option for option in options if not option["is_pinned"]]
    if order == "alphabetical":
        loose.sort(key=lambda option: option["text"].casefold())
    keys = [option["key"] for option in loose]
    if order == "random" and kind in {Kind.SINGLE, Kind.MULTIPLE}:
        random.shuffle(keys)
    rest = iter(keys)
    return [o["key"] if o["is_pinned"] else next(rest) for o in options], []


def _right_hand_sides(options: Sequence[Mapping[str, Any]], random: Random) -> list[str]:
    # Two pairs may share a right-hand side: it is offered once, by the first one's key.
    first: dict[str, str] = {}
    for option in options:
        first.setdefault(option["match"], option["key"])
    return _shuffled(list(first.values()), random)


def _shuffled(keys: list[str], random: Random) -> list[str]:
    return random.sample(keys, len(keys))


def _written(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return sorted(content["options"], key=lambda option: option["sort_order"] or 0)


def _choice(option: Mapping[str, Any]) -> Choice:
    return Choice(
        option["key"],
        option["text"],
        option["is_correct"],
        option["feedback"],
        match=option.get("match", ""),
        weight=_decimal(option.get("weight")),
        tolerance=_decimal(option.get("tolerance")),
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _with_tolerance(choice: Choice) -> str:
    if not choice.tolerance or not is_number(choice.text):  # a draft may hold anything
        return choice.text
    low, high = (Decimal(choice.text) + sign * choice.tolerance for sign in (-1, 1))
    return f"{low.normalize():f} to {high.normalize():f}"


def _nothing(asked: AskedQuestion, chosen: Sequence[str]) -> bool:
    return False


def _options(asked: AskedQuestion, chosen: Sequence[str]) -> bool:
    known = {choice.key for choice in asked.choices}
    return set(chosen) <= known and (asked.takes_many or len(chosen) == 1)


def _whole_order(asked: AskedQuestion, chosen: Sequence[str]) -> bool:
    return sorted(chosen) == sorted(choice.key for choice in asked.choices)


def _known_pairs(asked: AskedQuestion, chosen: Sequence[str]) -> bool:
    left = {choice.key for choice in asked.choices}
    right = {choice.key for choice in asked.matches}
    pairs = [tuple(pair.split(":")) for pair in chosen]
    if not all(len(pair) == 2 and pair[0] in left and pair[1] in right for pair in pairs):
        return False
    return len({pair[0] for pair in pairs}) == len(pairs)


def _one_number(asked: AskedQuestion, chosen: Sequence[str]) -> bool:
    return len(chosen) == 1 and is_number(chosen[0])


ACCEPTS = {
    **dict.fromkeys(CHOICES, _options),
    Kind.ORDERING: _whole_order,
    Kind.MATCHING: _known_pairs,
    Kind.NUMERIC: _one_number,
}
