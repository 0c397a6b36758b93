"""Keeping, and forgetting, what people write in an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from members.dates import today
from members.sealing import seal
from quizzes.models import Answer, Sitting, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LONGEST = {"short_text": 200, "essay": 5000}  # characters
KEPT_FOR = timedelta(days=90)  # after marking; the mark stays


def write(answer: Answer, text: str) -> None:
    """Seal and keep what was written for an answer; nothing written removes it."""
    if not text.strip():
        Writing.objects.filter(answer=answer).delete()
        return
    Writing.objects.update_or_create(answer=answer, defaults={"sealed": seal(text)})


def keep_for(answers: Iterable[Answer]) -> None:
    """Let what was written for these marked answers go when its time is over."""
    written = [answer.pk for answer in answers if answer.asked.is_typed]
    if written:
        last_day = today() + KEPT_FOR
        Writing.objects.filter(answer__in=written).update(delete_after=last_day)


def forget(*, on: date | None = None) -> int:
    """Delete what is no longer kept; return how many texts that were.

    What was never handed in goes 90 days after it was written; its question is open again.
    """
    on = on or today()
    deleted, _ = Writing.objects.to_forget(on).delete()
    left = Sitting.objects.filter(answers__writing__in=Writing.objects.left_since(on - KEPT_FOR))
    sittings = list(left.values_list("pk", flat=True).distinct())
    return int(deleted) + sum(_forget_left(pk, before=on - KEPT_FOR) for pk in sittings)


@transaction.atomic
def _forget_left(sitting: int, *, before: date) -> int:
    # Whoever is just handing it in goes first: then it is read and marked, and kept.
    Sitting.objects.select_for_update().only("pk").get(pk=sitting)
    left = Writing.objects.left_since(before).filter(answer__sitting=sitting)
    answers = list(left.values_list("answer", flat=True))
    deleted, _ = Writing.objects.filter(answer__in=answers).delete()
    Answer.objects.filter(pk__in=answers).update(answered_at=None)
    return int(deleted)
