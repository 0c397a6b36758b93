"""What a new edition of a course, published today, would do to people's duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.requirements.dry_run import Proposal, of_edition
from courses.publishing import last_day_of_old

if TYPE_CHECKING:
    from datetime import date

    from courses.models import CoursePage


def proposed(course: CoursePage, kind: str, old_count_until: date | None) -> Proposal | None:
    """Return the edition as a proposal; None for a minor one, after which all counts as before.

    The course remembers it as long as the view holds it, so that the brake and the page that
    shows the dry run ask the database once.
    """
    last = last_day_of_old(kind, old_count_until)
    if last is None:
        return None
    known: dict[date, Proposal] = course.__dict__.setdefault("proposed_editions", {})
    if last not in known:
        known[last] = of_edition(course, last_day_of_old=last)
    return known[last]
