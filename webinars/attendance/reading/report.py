"""What a report of attendance says, once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["attendee", "host", "panellist"]
Interval = tuple[datetime, datetime]

EXPECTED = (
    "We read the participants report of Zoom meetings, the attendee report of Zoom webinars, the "
    "attendance reports of Microsoft Teams and Google Meet, and the learning dashboard of "
    "BigBlueButton. Download the report as CSV (or JSON from BigBlueButton) and send that file as "
    "it is."
)


class Unreadable(Exception):  # noqa: N818 (a refusal, not a fault)
    """The file cannot be used. The message says why, and what was expected instead."""

    @classmethod
    def unknown(cls, why: str = "This is not an attendance report we know.") -> Unreadable:
        """Return one that ends with what we do read."""
        return cls(f"{why} {EXPECTED}")


@dataclass(frozen=True)
class Problem:
    """What has to be said about one row of the file, or about all of it (row None)."""

    row: int | None
    reason: str


@dataclass(frozen=True)
class Seen:
    """One row: somebody who was there, and when.

    `intervals` are moments in UTC, join before leave. `seconds` is what the file states where it
    gives no times that can be used as they are; None with no intervals is unknown, which is not
    zero. The name is as the file has it, made harmless for spreadsheets. `identity` is what we
    told the meeting tool to know the person by.
    """

    row: int
    name: str
    email: str
    intervals: tuple[Interval, ...]
    seconds: int | None
    role: Role
    identity: str = ""


@dataclass(frozen=True)
class Report:
    """A whole file. `errors` are rows that could not be used; `notes` are worth knowing."""

    layout: str
    seen: tuple[Seen, ...]
    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
