"""How often somebody may be wrong: wrong tries are kept in the cache for a span of time.

Two at once may both be counted as the last one: where that matters, the caller holds a lock.
"""

from __future__ import annotations

import time

from django.core.cache import cache


def may_try(what: str, *, most: int, span: int) -> bool:
    """Return whether somebody was wrong at `what` fewer than `most` times in `span` seconds."""
    return len(_recent(what, span)) < most


def count_wrong(what: str, *, span: int) -> None:
    """Count one wrong try at `what`."""
    cache.set(_key(what), [*_recent(what, span), time.time()], span)


def _recent(what: str, span: int) -> list[float]:
    begins = time.time() - span
    return [at for at in cache.get(_key(what), []) if at > begins]


def _key(what: str) -> str:
    return f"webinars:tries:{what}"
