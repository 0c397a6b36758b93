"""What a result page says beside the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from quizzes.models import AssessmentSettings, Category
from quizzes.scores import FULL

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.models import Sitting


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why it was not a pass, or when it will be marked."""

    had_to_be_right: tuple[str, ...] = ()  # topics of the questions that were not, but had to be
    marked_by: datetime | None = None
    is_late: bool = False


def outcome(sitting: Sitting) -> Outcome:
    """Say what there is to say of a submitted sitting; it asks only what this one needs."""
    if sitting.submitted_at and sitting.awaits_marking:
        days = AssessmentSettings.load().marking_days
        promised = sitting.submitted_at + timedelta(days=days)
        return Outcome(marked_by=promised, is_late=promised < timezone.now())
    return Outcome() if sitting.passed else Outcome(had_to_be_right=_missed(sitting))


def _missed(sitting: Sitting) -> tuple[str, ...]:
    missed = sitting.answers.filter(is_critical=True, mark__lt=FULL)
    topics = Category.objects.filter(questions__answers__in=missed)
    return tuple(topics.distinct().values_list("title", flat=True))
