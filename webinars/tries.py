"""How often somebody may try something: so many tries in a span of time, in the shared cache.

Each try is an entry of its own, taken by one `add`: of two at once both count. It comes back by
itself when its time is over, or is given back when it was no wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

if TYPE_CHECKING:
    from collections.abc import Iterable


def take_try(what: str, *, most: int, span: int) -> str:
    """Take one of the `most` tries in `span` seconds and return it; "" if none is left."""
    tries = (f"webinars:tries:{what}:{number}" for number in range(most))
    return next((each for each in tries if cache.add(each, 1, span)), "")


def give_back(tries: Iterable[str]) -> None:
    """Let these tries not count."""
    cache.delete_many(tries)
