"""One person's training as an administrator sees it: all of it, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.duty.duties import for_member
from compliance.models import Decision
from courses.models import Completion
from courses.proofs import capped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.duties import Duty
    from members.models import Member, Tenure


@dataclass(frozen=True)
class Dossier:
    """What is asked of a person, what they did, and what others decided, the latest first."""

    member: Member
    duties: Sequence[Duty]
    completions: Sequence[Completion]
    decisions: Sequence[Decision]

    @property
    def posts(self) -> Sequence[Tenure]:
        return self.member.posts_today

    @property
    def standing(self) -> list[Decision]:
        """The decisions that nothing recorded later corrects."""
        corrected = {decision.corrects_id for decision in self.decisions}
        return [one for one in self.decisions if not one.is_withdrawn and one.pk not in corrected]

    @property
    def history(self) -> list[tuple[str, Decision]]:
        """Every row with what it did, told only once something was corrected or withdrawn."""
        if len(self.standing) == len(self.decisions):
            return []
        return [(_did(one), one) for one in self.decisions]


def _did(decision: Decision) -> str:
    if decision.is_withdrawn:
        return "withdrew"
    return "corrected" if decision.corrects_id else "recorded"


def dossier_of(member: Member) -> Dossier:
    """Return a person's dossier: the same number of queries for everybody."""
    done = Completion.objects.filter(member=member).with_overtaken().select_related("revocation")
    decided = Decision.objects.filter(member=member)
    return Dossier(
        member=member,
        duties=for_member(member),
        completions=capped(done),
        decisions=list(decided.select_related("requirement", "recorded_by", "unit")),
    )
