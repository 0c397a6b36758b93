"""What compliance answers when another floor asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from compliance.requirements.new_edition import proposed
from courses.signals import edition_weighed

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from courses.models import CoursePage


@receiver(edition_weighed, dispatch_uid="compliance.requirements.brake")
def weigh_edition(
    course: CoursePage, kind: str, old_count_until: date | None, **kwargs: Any
) -> int | None:
    """Answer with the dry run's number of people, if the brake asks for it."""
    proposal = proposed(course, kind, old_count_until)
    return proposal.run.touched if proposal and proposal.run.asks_for_number else None
