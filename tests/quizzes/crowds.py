"""Sittings with many at once: slow where it matters, and without their guards."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

from quizzes import actions
from quizzes.models import Answer, Sitting
from quizzes.signals import sitting_marked
from tests.crowds import with_pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

OPEN_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_open_once")
NUMBER_ONCE = next(c for c in Sitting._meta.constraints if c.name == "sitting_number_once")


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
        patch.setattr(actions, name, with_pause(getattr(actions, name)))


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
