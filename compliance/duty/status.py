"""The words of a duty: how it stands by its dates, and what the person is doing about it.

These are two axes. Opening a course page never turns "ended" into "in progress".
"""

from __future__ import annotations

from enum import Enum

from django.db import models

DUE_SOON_DAYS = 30


class Status(models.IntegerChoices):
    """How a duty stands on a day, most urgent first. The query (`sql`) decides it."""

    OVERDUE = 1, "Overdue"
    EXPIRED = 2, "Ended"
    DUE_SOON = 3, "Due soon"
    DUE = 4, "Due"
    RENEWAL = 5, "Renew soon"
    COVERED = 6, "Up to date"
    EXEMPT = 7, "Met by other means"

    @property
    def standing(self) -> Standing:
        return STANDINGS[self]

    @property
    def tone(self) -> str:
        return self.standing.tone

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: only then may somebody be reminded."""
        return self not in (Status.COVERED, Status.EXEMPT)


class Standing(models.TextChoices):
    """How a person stands: the parts into which a unit's people divide. Best first."""

    UP_TO_DATE = "up-to-date", "Up to date"
    RENEW = "renew", "Up to date, renew soon"
    DUE = "due", "Not done, still in time"
    OVERDUE = "overdue", "Overdue or ended"
    EXEMPT = "exempt", "Met by other means"

    @property
    def tone(self) -> str:
        return TONES[self]


class Activity(Enum):
    """What the person is doing about a duty: nobody else sees this."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    AWAITING_APPROVAL = "Awaiting approval"

    @property
    def label(self) -> str:
        return self.value

    @property
    def is_worth_saying(self) -> bool:
        return self is not Activity.NOT_STARTED


STANDINGS = {
    Status.OVERDUE: Standing.OVERDUE,
    Status.EXPIRED: Standing.OVERDUE,
    Status.DUE_SOON: Standing.DUE,
    Status.DUE: Standing.DUE,
    Status.RENEWAL: Standing.RENEW,
    Status.COVERED: Standing.UP_TO_DATE,
    Status.EXEMPT: Standing.EXEMPT,
}
TONES = {
    Standing.UP_TO_DATE: "done",
    Standing.RENEW: "doing",
    Standing.DUE: "due",
    Standing.OVERDUE: "late",
    Standing.EXEMPT: "quiet",
}
