"""Which edition of a course is taught: the day on which it, or a part of it, last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dateformat import format as date_format

if TYPE_CHECKING:
    from courses.models import CoursePage


def edition_of(course: CoursePage) -> str:
    """Return the edition's name, a day: "21 November 2026". Empty if it was never published."""
    parts = course.steps().values_list("last_published_at", flat=True)
    published = [moment for moment in [course.last_published_at, *parts] if moment]
    return date_format(timezone.localtime(max(published)), "j F Y") if published else ""
