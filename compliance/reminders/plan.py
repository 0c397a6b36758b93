"""The plan of reminders: which mails there are, and on which day each is due.

A version of a requirement lists the codes it wants (`RequirementVersion.reminders`); an empty list
means none. What is told to whom on a day is decided in `reminding`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LATEST_DAYS = 6  # so long after its day a mail may still leave, if the machine was off
UNDO_DAYS = 2  # nobody is told of a duty before a whole day to take it back has passed


class Anchor(StrEnum):
    BEGINS = "begins"
    DUE = "due"
    EXPIRES = "expires"


@dataclass(frozen=True)
class Mail:
    """One mail of the plan: so many days from its anchor; `label` is for administrators."""

    code: str
    anchor: Anchor
    offset: int
    label: str

    def day(self, anchor: date) -> date:
        """The day on which this mail is due when its anchor falls on that date."""
        return anchor + timedelta(days=self.offset)


MAILS = (
    Mail("assigned", Anchor.BEGINS, 0, "When the training becomes theirs to do"),
    Mail("due-14", Anchor.DUE, -14, "14 days before it is due"),
    Mail("due-3", Anchor.DUE, -3, "3 days before it is due"),
    Mail("overdue+1", Anchor.DUE, 1, "1 day after it was due"),
    Mail("overdue+14", Anchor.DUE, 14, "14 days after it was due, the last one"),
    Mail("renew-60", Anchor.EXPIRES, -60, "60 days before their training runs out"),
    Mail("renew-14", Anchor.EXPIRES, -14, "14 days before their training runs out"),
)
PLAN: dict[str, Mail] = {mail.code: mail for mail in MAILS}
CODES = tuple(PLAN)
