"""Small numbers are put together, for who runs a session but may not see where people are from.

Such a person knows who came. A row "Wales: 2 came" would tell two people's region. So rows with
a number from one to four are put together with each other, and with as many others as it takes
until no number is small. What is shown still adds up, and nothing can be worked out from it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 5


def is_small(numbers: Counter[str]) -> bool:
    """Return whether one of the numbers could point at somebody."""
    return any(0 < people < FEWEST for people in numbers.values())


def folded(
    rows: Mapping[str, Counter[str]],
) -> tuple[dict[str, Counter[str]], Counter[str] | None]:
    """Return the rows that may be shown, and what the others come to together.

    None when nothing had to be put together. What is put together is never one row alone, and may
    be small itself only if there is no other row left: then it may not be shown either.
    """
    by_size = sorted(rows, key=lambda name: (not is_small(rows[name]), rows[name].total(), name))
    together: Counter[str] = Counter()
    taken = 0
    for name in by_size:
        enough = taken != 1 and not is_small(together)
        if enough and not is_small(rows[name]):
            break
        together += rows[name]
        taken += 1
    shown = {name: rows[name] for name in rows if name not in by_size[:taken]}
    return shown, together if taken else None
