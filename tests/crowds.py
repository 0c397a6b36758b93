"""Many at the same moment: released together, each on a connection of its own.

A race that nothing arranges may stay hidden in one round, so controls that rely on it run several.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

CROWD = 8
PAUSE = 0.03  # seconds
ROUNDS = 40


def at_once(*deeds: Callable[[], Any], crowd: int = CROWD) -> list[Any]:
    """Do these things in turn in many threads, released together; return what each got or met."""
    gate = threading.Barrier(crowd)
    outcomes: list[Any] = []

    def run(deed: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            outcomes.append(deed())
        except Exception as error:  # noqa: BLE001 (what went wrong is the outcome)
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deeds[n % len(deeds)]]) for n in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def failures(*deeds: Callable[[], Any]) -> list[Exception]:
    """Do each of these things once, at the same moment; return what went wrong."""
    outcomes = at_once(*deeds, crowd=len(deeds))
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def shows(race: Callable[[], bool]) -> bool:
    """Return whether this is so in some round."""
    return any(race() for _ in range(ROUNDS))


def fails_in_some_round(race: Callable[[], None]) -> bool:
    """Return whether this race, whose guard is gone, fails as it should."""

    def fails() -> bool:
        try:
            race()
        except AssertionError:
            return True
        return False

    return shows(fails)


def with_pause(look: Callable[..., Any]) -> Callable[..., Any]:
    """Take a while after looking: between that and writing the guards are needed."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        found = look(*args, **kwargs)
        time.sleep(PAUSE)
        return found

    return slow


def after_pause(write: Callable[..., Any]) -> Callable[..., Any]:
    """Take a while before writing."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(PAUSE)
        return write(*args, **kwargs)

    return slow
