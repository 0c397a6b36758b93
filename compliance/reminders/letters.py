"""What a reminder says: a neutral subject, what to do by when, how long it takes, and why.

The subject is read on lock screens and never names a course; the mail names it by its public title.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance.duty.duties import merged
from compliance.duty.status import Status
from members.mail import render_mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from members.mail import Rendered
    from members.models import Member

MY_TRAINING = "/my-training/"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LATE = (Status.OVERDUE, Status.EXPIRED)


@dataclass(frozen=True)
class Line:
    """One thing to do, as the mail lists it."""

    duty: Duty

    @property
    def title(self) -> str:
        return " or ".join(course.public_title for course in self.duty.courses)

    @property
    def minutes(self) -> int:
        return min(course.minutes for course in self.duty.courses)

    @property
    def why(self) -> str:
        return "; ".join(str(reason) for reason in self.duty.reasons)


def letter(member: Member, duties: Iterable[Duty], *, on: date, sent_as: str = "") -> Rendered:
    """Return the mail about these duties; `sent_as` says which officer sends it, if one does."""
    things = merged(duties)
    context = {
        "member": member,
        "subject": subject(things, on),
        "lines": [Line(duty) for duty in things],
        "late": sum(duty.status in LATE for duty in things),
        "link": MY_TRAINING,
        "sent_as": sent_as,
    }
    return render_mail("reminder", context)


def subject(things: Sequence[Duty], on: date) -> str:
    """Return the subject: Your training: one thing to do by 30 November."""
    what = f"{in_words(len(things))} {'thing' if len(things) == 1 else 'things'}"
    if all(duty.status in LATE for duty in things):
        return f"Your training: {what} {'is' if len(things) == 1 else 'are'} overdue"
    verb = "renew" if all(duty.status == Status.RENEWAL for duty in things) else "do"
    days = [duty.due_on for duty in things if duty.due_on and duty.due_on >= on]
    by = f" by {_day(min(days), on)}" if days else ""
    return f"Your training: {what} to {verb}{by}"


def in_words(number: int) -> str:
    """Write a small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _day(day: date, on: date) -> str:
    return written(day, "j F" if day.year == on.year else "j F Y")
