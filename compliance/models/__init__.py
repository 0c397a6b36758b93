"""What is required of whom, and what people decided about it. A duty is never a row."""

from compliance.models.decision import Decision
from compliance.models.draft import AssignmentDraft
from compliance.models.monthly_figure import MonthlyFigure
from compliance.models.reminder import Reminder
from compliance.models.requirement import Requirement
from compliance.models.signed_return import SignedReturn
from compliance.models.version import RequirementVersion

__all__ = [
    "AssignmentDraft",
    "Decision",
    "MonthlyFigure",
    "Reminder",
    "Requirement",
    "RequirementVersion",
    "SignedReturn",
]
