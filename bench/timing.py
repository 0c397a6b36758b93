"""How time and queries are measured."""

from __future__ import annotations

import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READING = ("SELECT", "WITH")
HOUSEKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def cpu_ms(act: Callable[[], object], rounds: int) -> float:
    """Return the processor time of one call in milliseconds, the best of three warm rounds."""
    act()
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for _ in range(rounds):
            act()
        best = min(best, (time.process_time() - begun) / rounds * 1000)
    return best


def wall_ms(act: Callable[[], object], rounds: int) -> float:
    """Return the time of one call in milliseconds: the median of warm rounds."""
    act()
    return median(_once(act) for _ in range(rounds))


def statements(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return the statements that `act` sends, without those of transactions."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not statement.startswith(HOUSEKEEPING):
            sent.append((statement, params))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return sent


def reading_ms(sent: list[tuple[str, Any]], rounds: int) -> float:
    """Return how long the database needs for those that read: sent again, with all their rows."""
    with connection.cursor() as cursor:

        def again(statement: str, params: Any) -> None:
            cursor.execute(statement, params)
            cursor.fetchall()

        return sum(
            median(_once(lambda one=one: again(*one)) for _ in range(rounds))
            for one in sent
            if one[0].lstrip().startswith(READING)
        )


def against_count(name: str, value: float, **more: Any) -> dict[str, Any]:
    """Return a result in milliseconds against counting the members, measured now."""
    count = wall_ms(Member.objects.count, rounds=15)
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "base": f"count(*) of members: {count:.2f} ms",
        "ratio": round(value / count, 2),
        **more,
    }


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block wrote: the database is kept for the next run."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _once(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
