"""Many requests at once, for tests: released together, and slow where it matters."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

from quizzes import actions
from quizzes.models import Answer, Sitting
from quizzes.signals import sitting_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

CROWD = 8
PAUSE = 0.03  # seconds
ROUNDS = 20
OPEN_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_open_once")
NUMBER_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_number_once")


def at_once(*deeds: Callable[[], object], crowd: int = CROWD) -> list[object]:
    """Do these things in turn in many threads, released together; return what each got or met."""
    gate = threading.Barrier(crowd)
    outcomes: list[object] = []

    def run(deed: Callable[[], object]) -> None:
        connection.ensure_connection()
        gate.wait(timeout=60)
        try:
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


def fails_in_some_round(race: Callable[[], None]) -> bool:
    """Return whether a race shows itself: a busy machine may hide it once."""
    for _ in range(ROUNDS):
        try:
            race()
        except AssertionError:
            return True
    return False


@contextmanager
def told() -> Iterator[list[int]]:
    """The sittings the house was told of meanwhile."""
    heard: list[int] = []

    def hear(sitting: Sitting, **_: object) -> None:
        heard.append(sitting.pk)

    sitting_marked.connect(hear)
    try:
        yield heard
    finally:
        sitting_marked.disconnect(hear)


def slowly(patch: pytest.MonkeyPatch) -> None:
    """Take a while between looking and writing: there the guards are needed."""
    for name in ("chances", "write", "_time"):
        patch.setattr(actions, name, _with_pause(getattr(actions, name)))


def _with_pause(act: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*args: Any, **kwargs: Any) -> Any:
        found = act(*args, **kwargs)
        time.sleep(PAUSE)
        return found

    return slow


# --- Guards, taken away --------------------------------------------------------------------------
def without_start_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "_one_start_at_a_time", lambda member: None)


def without_sitting_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "_locked", lambda pk, by: Sitting.objects.with_clock().get(pk=pk))


def without_regard_to_settling(patch: pytest.MonkeyPatch) -> None:
    class Unguarded:
        class objects:  # noqa: N801
            @staticmethod
            def filter(pk: int, **_: object) -> Any:
                return Answer.objects.filter(pk=pk)

    patch.setattr(actions, "Answer", Unguarded)


@contextmanager
def without_constraints() -> Iterator[None]:
    """The database no longer minds."""
    with connection.schema_editor() as editor:
        for constraint in (OPEN_ONCE, NUMBER_ONCE):
            editor.remove_constraint(Sitting, constraint)
    try:
        yield
    finally:
        Answer.objects.all().delete()
        Sitting.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in (OPEN_ONCE, NUMBER_ONCE):
                editor.add_constraint(Sitting, constraint)
