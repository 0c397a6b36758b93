"""The completion that proves somebody's training: which one counts, and what renews it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from courses.editions import cap_for, caps
from courses.models.editions import Edition
from courses.models.records import Completion
from members.dates import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from courses.models import CoursePage
    from members.models import Member


def best_completion(member: Member, course: CoursePage) -> Completion | None:
    """Return the completion that counts longest, later editions considered; None if none stands."""
    newer = Edition.objects.major().filter(
        course=models.OuterRef("course"), number__gt=models.OuterRef("edition_number")
    )
    proofs = Completion.objects.standing().filter(member=member, course_id=course.pk)
    found = list(proofs.annotate(is_overtaken=models.Exists(newer)))
    if any(proof.is_overtaken for proof in found):
        capped(found)
    return max(found, key=_counts_longest, default=None)


def _counts_longest(completion: Completion) -> tuple[date, date, int]:
    return completion.counts_until or FOR_GOOD, completion.completed_on, completion.pk


def capped(completions: Sequence[Completion]) -> Sequence[Completion]:
    """Say of each, as `cap`, which later edition ends it early; one query for all of them."""
    said = caps({done.course_id for done in completions}) if completions else []
    for done in completions:
        done.cap = cap_for(done, said)
    return completions


def refreshed_by(course: CoursePage, member: Member, *, on: date) -> list[CoursePage]:
    """Return the courses that `member` renews by finishing this one, their refresher, that day."""
    found = []
    for refreshed in course.refreshes.all():
        best = best_completion(member, refreshed)
        if best and best.is_refreshable(on=on):
            found.append(refreshed)
    return found
