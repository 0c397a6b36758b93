"""Whether an author's own shares of the mark let full marks be had, and only by what is right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from quizzes.kinds import CHOICES, ONE_OF, Kind
from quizzes.scores import FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    class Weighed(Protocol):
        """An option as far as its share goes."""

        @property
        def text(self) -> str: ...

        @property
        def is_correct(self) -> bool: ...

        @property
        def weight(self) -> Decimal | None: ...


CLOSE_ENOUGH = Decimal("0.001")  # weights such as 33.33333 are thirds: three are the whole
NEVER_FULL = (
    "Nobody can get full marks: the right answers add up to {sum:.0f}%. Leave their shares empty, "
    "or let them come to 100%."
)
ONE_NOT_FULL = "The right answer gives {share:.0f}% of the mark. Leave its share empty: it is all."
WRONG_IS_FULL = "“{text}” is wrong and gives the whole mark. Give it a smaller share, or none."
WRONG_ADDS = "“{text}” is wrong and adds to the mark. Leave its share empty, or let it take away."


def weight_problems(kind: str, *, is_partial: bool, parts: Sequence[Weighed]) -> list[str]:
    """Return what is wrong with the shares of these options, each with its remedy."""
    right = [part for part in parts if part.is_correct]
    wrong = [part for part in parts if not part.is_correct and part.weight is not None]
    if not right or kind not in CHOICES | {Kind.NUMERIC, Kind.SHORT_TEXT}:
        return []
    if kind == Kind.MULTIPLE:
        return _of_several(right, wrong) if is_partial else []
    best = max(_share(part, FULL) for part in right)
    problems = [] if best >= FULL - CLOSE_ENOUGH else [ONE_NOT_FULL.format(share=best)]
    if kind in ONE_OF:
        full = [part for part in wrong if _share(part, 0) >= FULL - CLOSE_ENOUGH]
        problems += [WRONG_IS_FULL.format(text=part.text) for part in full]
    return problems


def _of_several(right: Sequence[Weighed], wrong: Sequence[Weighed]) -> list[str]:
    total = sum(_share(part, Decimal(FULL) / len(right)) for part in right)
    problems = [] if total >= FULL - CLOSE_ENOUGH else [NEVER_FULL.format(sum=total)]
    adding = [part for part in wrong if _share(part, 0) > 0]
    return problems + [WRONG_ADDS.format(text=part.text) for part in adding]


def _share(part: Weighed, usual: Decimal | int) -> Decimal:
    return Decimal(usual) if part.weight is None else part.weight
