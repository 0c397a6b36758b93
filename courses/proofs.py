"""The completion that proves somebody's training: which one counts, and what renews it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from courses.editions import cap_for, caps
from courses.models.records import Completion
from members.dates import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from courses.models import CoursePage
    from members.models import Member


def best_completion(member: Member, course: CoursePage) -> Completion | None:
    """Return the completion that counts longest, later editions considered; None if none stands."""
    return best_completions([member.pk], course).get(member.pk)


def best_completions(member_ids: Iterable[int], course: CoursePage) -> dict[int, Completion]:
    """Return the same for each of these members who has one; two queries, however many they are."""
    proofs = Completion.objects.standing().filter(member__in=member_ids, course_id=course.pk)
    theirs = defaultdict(list)
    for proof in capped(proofs.with_overtaken()):
        theirs[proof.member_id].append(proof)
    return {pk: max(found, key=_counts_longest) for pk, found in theirs.items()}


def best_of(completions: Iterable[Completion]) -> Completion | None:
    """Return which of these counts longest. Revoked ones are the caller's to leave out."""
    return max(completions, key=_counts_longest, default=None)


def _counts_longest(completion: Completion) -> tuple[date, date, int]:
    return completion.counts_until or FOR_GOOD, completion.completed_on, completion.pk


def capped(completions: Iterable[Completion]) -> list[Completion]:
    """Say of each, as `cap`, which later edition ends it early (of `with_overtaken`)."""
    found = list(completions)
    touched = [done for done in found if done.is_overtaken]
    said = caps({done.course_id for done in touched}) if touched else []
    for done in touched:
        done.cap = cap_for(done, said)
    return found


def refreshed_by(course: CoursePage, member: Member, *, on: date) -> list[CoursePage]:
    """Return the courses that `member` renews by finishing this one, their refresher, that day."""
    found = []
    for refreshed in course.refreshes.all():
        best = best_completion(member, refreshed)
        if best and best.is_refreshable(on=on):
            found.append(refreshed)
    return found
