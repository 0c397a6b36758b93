"""Essays that wait for their mark: since when, in whose hands, and who may take one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from members.dates import today

if TYPE_CHECKING:
    from members.models import Member
    from quizzes.models import AssessmentSettings, Sitting, Writing
    from quizzes.models.writing import WritingQuerySet

HELD_FOR = timedelta(days=7)  # then somebody else may take it: a marker may be ill, or gone
OWN = "You wrote this yourself. Somebody else marks it."
TAKEN = "{name} has taken this essay."
NOT_SENT = "This is not handed in yet."
MARKED = "This essay is marked."


def with_facts(writings: WritingQuerySet) -> WritingQuerySet:
    """Bring what a marker is told of each essay in the same query."""
    return writings.select_related(
        "marker", "answer__revision", "answer__sitting__quiz", "answer__sitting__member"
    )


def refusal(writing: Writing, by: Member) -> str:
    """Say why this marker may not take this essay; empty when they may, or have it already."""
    sitting = writing.answer.sitting
    if sitting.is_open:
        return NOT_SENT
    if sitting.member_id == by.pk:
        return OWN
    if writing.marker_id == by.pk:
        return ""
    if writing.answer.mark is not None:
        return MARKED
    return TAKEN.format(name=writing.marker) if is_held(writing) else ""


def is_held(writing: Writing) -> bool:
    """Whether a marker has it in hand. Nobody keeps one for longer than a week."""
    if writing.marker is None or writing.taken_at is None:
        return False
    return writing.marker.is_active and writing.taken_at > timezone.now() - HELD_FOR


@dataclass(frozen=True)
class Waiting:
    """One line of the list, as one person sees it."""

    writing: Writing
    viewer: Member
    settings: AssessmentSettings

    @property
    def sitting(self) -> Sitting:
        return self.writing.answer.sitting

    @property
    def days(self) -> int:
        """How many days it has waited."""
        handed_in = self.sitting.submitted_at or timezone.now()
        return (today() - timezone.localdate(handed_in)).days

    @property
    def is_late(self) -> bool:
        """Whether the person was told that they would have their result by now."""
        return self.days > self.settings.marking_days

    @property
    def is_mine(self) -> bool:
        return self.writing.marker_id == self.viewer.pk

    @property
    def refusal(self) -> str:
        return refusal(self.writing, self.viewer)
