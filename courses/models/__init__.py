"""What is taught (pages) and who has done it (records)."""

from courses.models.course import CatalogueIndexPage, CoursePage, HomePage
from courses.models.records import Completion, Enrolment, StepProgress
from courses.models.steps import ModulePage, QuizStepPage

__all__ = [
    "CatalogueIndexPage",
    "Completion",
    "CoursePage",
    "Enrolment",
    "HomePage",
    "ModulePage",
    "QuizStepPage",
    "StepProgress",
]
