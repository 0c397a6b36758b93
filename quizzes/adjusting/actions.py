"""Giving one person more attempts and more time, and taking that back. Why is nobody's business."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members import audit
from members.locking import hold_person
from quizzes.attempts import chances
from quizzes.models import Adjustment, Sitting

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member
    from quizzes.models import Quiz


@transaction.atomic
def adjust(
    *, member: Member, quiz: Quiz, extra_attempts: int, extra_time: int, by: Member
) -> Adjustment:
    """Let this be what the person has at this quiz from now on, whatever it was before.

    A sitting that is open gets the time too; nobody's time becomes shorter while they sit.
    Nobody decides that about themself.
    """
    if not by.has_perms(["quizzes.add_adjustment", "quizzes.change_adjustment"]):
        raise PermissionDenied
    if member == by:
        raise PermissionDenied
    _wait_for_starts(member)
    given: dict[str, Any] = {"extra_attempts": extra_attempts, "extra_time": extra_time}
    stamp = {"recorded_by": by, "recorded_at": timezone.now()}
    adjustment, _ = Adjustment.objects.update_or_create(
        member=member, quiz=quiz, defaults=given | stamp
    )
    _lengthen(quiz, member)
    audit.record("adjustment.given", by=by, about=[member], quiz=quiz.public_title, **given)
    return adjustment


@transaction.atomic
def take_back(*, adjustment: Adjustment, by: Member) -> None:
    """From now on the person has what everybody has. A sitting that is open keeps its time."""
    if not by.has_perm("quizzes.delete_adjustment"):
        raise PermissionDenied
    member, quiz = adjustment.member, adjustment.quiz
    adjustment.delete()
    audit.record("adjustment.taken-back", by=by, about=[member], quiz=quiz.public_title)


def _lengthen(quiz: Quiz, member: Member) -> None:
    minutes = chances(quiz=quiz, member=member).minutes
    timed = quiz.sittings.open().filter(member=member, closes_at__isnull=False)
    sitting = timed.select_for_update().first()
    if sitting is None or minutes is None:
        return
    closes_at = sitting.started_at + timedelta(minutes=minutes)
    Sitting.objects.filter(pk=sitting.pk, closes_at__lt=closes_at).update(closes_at=closes_at)


def _wait_for_starts(member: Member) -> None:
    # A sitting that is just beginning either finds the extra time or is found here.
    hold_person(member.pk)
