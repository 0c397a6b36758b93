"""What is taught (pages) and who has done it (records)."""

from courses.models.attended import Attended
from courses.models.course import CatalogueIndexPage, CoursePage, HomePage
from courses.models.editions import Edition
from courses.models.evidence import Evidence, EvidenceDecision, ForgottenFile
from courses.models.imports import ImportedRow, WaitingFile
from courses.models.records import Completion, Enrolment, StepProgress
from courses.models.revocation import Revocation
from courses.models.steps import ModulePage, QuizStepPage, WebinarStepPage

__all__ = [
    "Attended",
    "CatalogueIndexPage",
    "Completion",
    "CoursePage",
    "Edition",
    "Enrolment",
    "Evidence",
    "EvidenceDecision",
    "ForgottenFile",
    "HomePage",
    "ImportedRow",
    "ModulePage",
    "QuizStepPage",
    "Revocation",
    "StepProgress",
    "WaitingFile",
    "WebinarStepPage",
]
