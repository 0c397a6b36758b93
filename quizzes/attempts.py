"""Whether a person may sit a quiz now: attempts, the wait between them, and a sitting left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from django.utils import timezone

from members.nations import nation_of
from quizzes.drawing import size
from quizzes.marking import needed
from quizzes.models.pool import lines_of, pool_of

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Member
    from quizzes.drawing import Entry
    from quizzes.models import Adjustment, Quiz, Sitting

NOT_READY = "This quiz is not ready yet. Please try again later."
USED_UP = "You have used all your attempts at this quiz."
TOO_SOON = "You can try this quiz again later."
BEING_MARKED = "Somebody is still marking your last attempt. We will e-mail you when it is done."


class NoAttemptNow(Exception):  # noqa: N818 (a refusal, not a fault)
    """The person may not begin a sitting now; `reason` says why in plain words."""

    def __init__(self, reason: str, try_again_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.try_again_at = try_again_at


@dataclass(frozen=True)
class Chances:
    """What one person may do with one quiz on one occasion."""

    quiz: Quiz
    member: Member
    open_sitting: Sitting | None
    last: Sitting | None
    made: int
    left: int | None  # None: as many as they like
    try_again_at: datetime | None  # None: no wait
    adjustment: Adjustment | None = None

    @property
    def may_start(self) -> bool:
        """Whether a sitting may begin, or go on, now."""
        return bool(self.open_sitting) or not self.refusal

    @property
    def refusal(self) -> str:
        """Why no new sitting may begin; empty when one may."""
        if self.last and self.last.awaits_marking:
            return BEING_MARKED
        if self.left == 0:
            return USED_UP
        return TOO_SOON if self.try_again_at else ""

    @property
    def minutes(self) -> int | None:
        """How long this person has, with extra time; None without a limit."""
        limit = self.quiz.time_limit_minutes
        if limit is None:
            return None
        extra = self.adjustment.extra_time if self.adjustment else 0
        return -(-limit * (100 + extra) // 100)

    @cached_property
    def pool(self) -> list[Entry]:
        """What a sitting of this person that began now might ask."""
        return pool_of(self.quiz, nation=partial(nation_of, self.member))

    @cached_property
    def size(self) -> int:
        """How many questions a sitting of this person that began now would ask."""
        draw = self.quiz.draw
        if draw is not None:  # that the topics fit into it was seen to on publishing
            return min(draw, len(self.pool))
        return size(self.pool, lines_of(self.quiz), None)

    @property
    def counts_alike(self) -> bool:
        """Whether every question counts the same, so that a number of them says what is enough."""
        return len({entry.points for entry in self.pool}) == 1

    @property
    def has_critical(self) -> bool:
        """Whether some questions must be right."""
        return any(entry.is_critical for entry in self.pool)

    @property
    def essays(self) -> int:
        """How many answers a person would mark, at most."""
        return sum(entry.is_essay for entry in self.pool)

    @property
    def score_needed(self) -> int:
        """How many of them, each of one point, would be enough."""
        return needed(max_score=self.size, pass_mark=self.quiz.pass_mark)


def chances(*, quiz: Quiz, member: Member, occasion: str = "") -> Chances:
    """Return what `member` may do with `quiz`. Attempts count per occasion.

    One sitting of a quiz is open at a time, whatever it was begun for.
    """
    sittings = list(quiz.sittings.filter(member=member))
    made = [s for s in sittings if not s.is_open and s.occasion == occasion]
    last = made[0] if made else None
    adjustment = _adjustment(quiz, member)
    return Chances(
        quiz=quiz,
        member=member,
        open_sitting=next((s for s in sittings if s.is_open), None),
        last=last,
        made=len(made),
        left=_left(quiz, len(made), adjustment),
        try_again_at=_wait_ends(quiz, last),
        adjustment=adjustment,
    )


def _adjustment(quiz: Quiz, member: Member) -> Adjustment | None:
    if quiz.attempts_allowed is None and quiz.time_limit_minutes is None:
        return None  # there is nothing to adjust
    found: Adjustment | None = quiz.adjustments.filter(member=member).first()
    return found


def _left(quiz: Quiz, made: int, adjustment: Adjustment | None) -> int | None:
    if quiz.attempts_allowed is None:
        return None
    extra = adjustment.extra_attempts if adjustment else 0
    return max(quiz.attempts_allowed + extra - made, 0)


def _wait_ends(quiz: Quiz, last: Sitting | None) -> datetime | None:
    if last is None or last.submitted_at is None or last.passed:
        return None
    # Whose time was up waits from then on, whenever somebody noticed it.
    over = (last.closes_at if last.is_timed_out else None) or last.submitted_at
    ends = over + timedelta(hours=quiz.cooling_off_hours)
    return ends if ends > timezone.now() else None
