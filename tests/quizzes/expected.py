"""What ought to be known of one sitting; kept beside the database, to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quizzes.actions import AlreadySettled, AlreadySubmitted
from quizzes.attempts import NoAttemptNow


class Given(NamedTuple):
    """An answer: what is chosen or typed, and the mark it deserves."""

    chosen: list[str]
    typed: str
    mark: int


NOTHING = Given([], "", 0)


@dataclass
class Expected:
    """What ought to be known of one sitting."""

    occasion: str
    number: int
    closes: int | None  # by the machine's clock, in minutes
    given: dict[int, Given] = field(default_factory=dict)  # by question
    settled: set[int] = field(default_factory=set)
    submitted: int | None = None
    score: int | None = None
    passed: bool | None = None
    timed_out: bool = False


def met(deed: Any) -> Any:
    """Return what came of it, or what was refused."""
    try:
        return deed()
    except (AlreadySubmitted, AlreadySettled, NoAttemptNow) as refusal:
        return refusal
