"""Each question's figures over all quizzes, kept for lists and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from quizzes.analysis.flags import flags_of
from quizzes.analysis.items import items
from quizzes.analysis.tables import Scope
from quizzes.models import QuestionStatistic

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.analysis.items import ItemFigures

NUMBERS = ("answers", "facility", "discrimination", "flags", "measured_at")
BATCH = 100


@transaction.atomic
def remember_all() -> int:
    """Work out every question's figures from all first attempts; return of how many there are."""
    now = timezone.now()
    found = [_statistic(item, now) for item in items(Scope(most=None)).values() if item.is_enough]
    QuestionStatistic.objects.bulk_create(
        found,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=NUMBERS,
    )
    # What was not measured now no longer has enough answers: people were erased.
    QuestionStatistic.objects.filter(measured_at__lt=now).delete()
    return len(found)


def _statistic(item: ItemFigures, now: datetime) -> QuestionStatistic:
    return QuestionStatistic(
        question_id=item.question,
        answers=item.asked,
        facility=item.facility or 0,
        discrimination=item.discrimination,
        flags=list(dict.fromkeys(raised.flag.value for raised in flags_of(item))),
        measured_at=now,
    )
