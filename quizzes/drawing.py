"""Which questions of a pool one sitting asks, and in what order. Reads no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

BY_CATEGORY, RANDOM = "category", "random"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the pool: its id, its topic and what that is part of, whether it must be
    right, whether a person marks it, and its points."""

    question: int
    topics: frozenset[int]
    is_critical: bool = False
    topic_name: str = ""
    is_essay: bool = False
    points: int = 1


def size(pool: Sequence[Entry], lines: Mapping[int, int], most: int | None) -> int:
    """Return how many questions `draw` would return."""
    if most is None and not lines:
        return len(pool)
    least = len(_must(pool)) + sum(_short(pool, _must(pool), line) for line in lines.items())
    return min(len(pool), max(least, most or 0))


def draw(
    pool: Sequence[Entry],
    lines: Mapping[int, int],
    most: int | None,
    random: Random,
    order: str = RANDOM,
) -> list[Entry]:
    """Draw a paper: what must be right, then so many of each topic, then others up to `most`.

    `lines` says how many of which topic. Without lines and `most`, the whole pool is asked. A
    topic that has fewer than its line asks for gives all it has.
    """
    chosen = _must(pool)
    for line in lines.items():
        rest = [entry for entry in _of(pool, line[0]) if entry not in chosen]
        chosen += random.sample(rest, _short(pool, chosen, line))
    rest = [entry for entry in pool if entry not in chosen]
    chosen += random.sample(rest, size(pool, lines, most) - len(chosen))
    return _ordered(pool, chosen, order, random)


def _ordered(pool: Sequence[Entry], chosen: list[Entry], order: str, random: Random) -> list[Entry]:
    if order == RANDOM:
        return random.sample(chosen, len(chosen))
    written = sorted(chosen, key=pool.index)
    if order == BY_CATEGORY:
        return sorted(written, key=lambda entry: entry.topic_name)
    return written


def _must(pool: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in pool if entry.is_critical]


def _of(pool: Sequence[Entry], topic: int) -> list[Entry]:
    return [entry for entry in pool if topic in entry.topics]


def _short(pool: Sequence[Entry], chosen: Sequence[Entry], line: tuple[int, int]) -> int:
    """How many of this topic are still missing, as far as the pool has them."""
    topic, wanted = line
    there = _of(pool, topic)
    have = sum(entry in chosen for entry in there)
    return max(0, min(wanted, len(there)) - have)
