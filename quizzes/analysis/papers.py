"""A quiz's papers as a whole: how people did, and how far a result can be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quizzes.analysis import figures, tables
from quizzes.analysis.figures import FEWEST, FEWEST_CHOSEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzes.analysis.tables import Scored

STEP = 10  # per cent, of the bars
RELIABLE, FAIR = 0.8, 0.6
ALPHA_IN_WORDS = (
    (RELIABLE, "A person who sat another paper of this quiz would get much the same result."),
    (FAIR, "Another paper of this quiz would often say the same of a person, not always."),
    (float("-inf"), "Chance plays a large part: another paper could well say something else."),
)
NO_ALPHA = "Nothing can be said: too few people differ in what they got right."


class Bar(NamedTuple):
    """So many people got a score from here up to the next bar."""

    label: str
    people: int

    @property
    def is_shown(self) -> bool:
        return self.people == 0 or self.people >= FEWEST_CHOSEN

    @property
    def shown(self) -> str:
        return f"{self.people:,}" if self.is_shown else f"fewer than {FEWEST_CHOSEN}"


@dataclass(frozen=True)
class Papers:
    """What first attempts tell about a quiz. Of fewer than 20 there is no figure."""

    scored: Sequence[Scored]
    alpha: float | None

    @cached_property
    def attempts(self) -> int:
        return sum(one.people for one in self.scored)

    @property
    def is_enough(self) -> bool:
        return self.attempts >= FEWEST

    @property
    def is_cut(self) -> bool:
        """Whether there may be earlier attempts that are not counted."""
        return self.attempts >= tables.MOST

    @property
    def mean(self) -> float | None:
        return figures.mean(self._per_cents)

    @property
    def median(self) -> float | None:
        return figures.median(self._per_cents)

    @property
    def pass_rate(self) -> float:
        return sum(one.people for one in self.scored if one.passed) / self.attempts

    @property
    def alpha_in_words(self) -> str:
        if self.alpha is None:
            return NO_ALPHA
        return next(words for least, words in ALPHA_IN_WORDS if self.alpha >= least)

    @property
    def bars(self) -> list[Bar]:
        """How many people got how much, in steps of ten per cent; all of it stands alone."""
        counts = [0] * (100 // STEP + 1)
        for one in self.scored:
            counts[100 * one.score // one.out_of // STEP] += one.people
        labels = [f"{low} to {low + STEP - 1}%" for low in range(0, 100, STEP)]
        return [Bar(*bar) for bar in zip([*labels, "100%"], counts, strict=True)]

    @property
    def highest(self) -> int:
        """The longest bar."""
        return max(bar.people for bar in self.bars)

    @cached_property
    def _per_cents(self) -> dict[float, int]:
        counts: dict[float, int] = {}
        for one in self.scored:
            share = 100 * one.score / one.out_of
            counts[share] = counts.get(share, 0) + one.people
        return counts


def papers(quiz: int) -> Papers:
    """Return what first attempts tell about this quiz: one query, or two."""
    scored = [one for one in tables.scores(quiz) if one.out_of]
    if sum(one.people for one in scored) < FEWEST:
        return Papers(scored, None)
    return Papers(scored, figures.alpha(tables.spread(tables.Scope(quiz=quiz))))
