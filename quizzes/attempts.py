"""Whether a person may sit a quiz now: attempts, the wait between them, and a sitting left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Member
    from quizzes.models import Quiz, Sitting

NOT_READY = "This quiz is not ready yet. Please try again later."
USED_UP = "You have used all your attempts at this quiz."
TOO_SOON = "You can try this quiz again later."


class NoAttemptNow(Exception):  # noqa: N818 (a refusal, not a fault)
    """The person may not begin a sitting now; `reason` says why in plain words."""

    def __init__(self, reason: str, try_again_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.try_again_at = try_again_at


@dataclass(frozen=True, slots=True)
class Chances:
    """What one person may do with one quiz on one occasion."""

    open_sitting: Sitting | None
    last: Sitting | None
    made: int
    left: int | None  # None: as many as they like
    try_again_at: datetime | None  # None: no wait

    @property
    def may_start(self) -> bool:
        """Whether a sitting may begin, or go on, now."""
        return bool(self.open_sitting) or not self.refusal

    @property
    def refusal(self) -> str:
        """Why no new sitting may begin; empty when one may."""
        if self.left == 0:
            return USED_UP
        return TOO_SOON if self.try_again_at else ""


def chances(*, quiz: Quiz, member: Member, occasion: str = "") -> Chances:
    """Return what `member` may do with `quiz`. Attempts count per occasion.

    One sitting of a quiz is open at a time, whatever it was begun for.
    """
    sittings = list(quiz.sittings.filter(member=member))
    made = [s for s in sittings if not s.is_open and s.occasion == occasion]
    last = made[0] if made else None
    allowed = quiz.attempts_allowed
    return Chances(
        open_sitting=next((s for s in sittings if s.is_open), None),
        last=last,
        made=len(made),
        left=None if allowed is None else max(allowed - len(made), 0),
        try_again_at=_wait_ends(quiz, last),
    )


def _wait_ends(quiz: Quiz, last: Sitting | None) -> datetime | None:
    if last is None or last.submitted_at is None or last.passed:
        return None
    ends = last.submitted_at + timedelta(hours=quiz.cooling_off_hours)
    return ends if ends > timezone.now() else None
