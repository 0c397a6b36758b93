"""One piece of advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters."""

    SERIOUS = "serious"  # people would be marked wrongly, or it cannot be published
    WARNING = "warning"  # it gives the answer away, or is hard to read
    HINT = "hint"  # it could be better


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed: the rule's name, how much it matters, and what to do, in a sentence."""

    rule: str
    severity: Severity
    text: str
    reference: str = ""  # the question's, when many were looked at
