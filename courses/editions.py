"""Which edition of a course is taught, and what a later edition does to older completions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone
from django.utils.dateformat import format as date_format

from courses.models.editions import FIRST_EDITION, Edition

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from courses.models import Completion, CoursePage


def edition_of(course: CoursePage) -> str:
    """Return the edition's name, the day on which the course, or a part of it, last changed.

    Empty if it was never published.
    """
    parts = course.steps().values_list("last_published_at", flat=True)
    published = [moment for moment in [course.last_published_at, *parts] if moment]
    return date_format(timezone.localtime(max(published)), "j F Y") if published else ""


@dataclass(frozen=True)
class Cap:
    """What a major edition does to completions of the editions before it."""

    course_id: int
    below: int  # the number of the first edition it leaves alone
    until: date  # the last day they count
    renews_from: date  # the first day the course may be done again
    what_changed: str = ""


def caps(course_ids: Iterable[int], *, known_before: datetime | None = None) -> list[Cap]:
    """Return what the major editions of these courses say, by course, the latest edition last."""
    majors = Edition.objects.major().known(known_before).filter(course__in=list(course_ids))
    return [_cap(edition) for edition in majors.order_by("course", "number")]


def cap_for(completion: Completion, found: Iterable[Cap]) -> Cap | None:
    """Return the cap on this completion; None if no later edition touches it."""
    return joined(
        cap
        for cap in found
        if cap.course_id == completion.course_id and completion.edition_number < cap.below
    )


def joined(found: Iterable[Cap]) -> Cap | None:
    """Return what several caps say together: the earliest end, the earliest renewal."""
    hits = list(found)
    if not hits:
        return None
    until, opens = min(cap.until for cap in hits), min(cap.renews_from for cap in hits)
    return replace(hits[0], until=until, renews_from=opens)


def current_number(course: CoursePage) -> int:
    """Return the number of the edition that is taught today."""
    last = Edition.objects.filter(course=course.pk).aggregate(last=Max("number"))["last"]
    return last or FIRST_EDITION


def _cap(edition: Edition) -> Cap:
    until = edition.last_day_of_old
    return Cap(
        edition.course_id,
        edition.number,
        until,
        min(until, edition.published_on),
        edition.what_changed,
    )
