"""What pages show of editions and refreshers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template

from courses.models import Completion
from courses.proofs import capped, refreshed_by
from members.dates import today

if TYPE_CHECKING:
    from django.template.context import Context

    from courses.models import CoursePage

register = template.Library()


@dataclass(frozen=True)
class Refreshed:
    """A course that a refresher renews, and whether it would for the reader today."""

    course: CoursePage
    is_renewed_today: bool


@register.simple_tag
def newer_edition(completion: Completion) -> Completion | None:
    """Return the completion with the edition that ends it early; None if there is none."""
    found = capped(Completion.objects.filter(pk=completion.pk).with_overtaken())
    return found[0] if found and found[0].is_cut_short else None


@register.simple_tag(takes_context=True)
def refreshed_courses(context: Context, course: CoursePage) -> list[Refreshed]:
    """Return the courses of which this one is the refresher; none of most."""
    request = context["request"]
    refreshed = list(course.refreshes.filter(live=True)) if course.pk else []
    if not refreshed or getattr(request, "is_preview", False):
        return [Refreshed(one, is_renewed_today=False) for one in refreshed]
    reader = request.user
    now = refreshed_by(course, reader, on=today()) if reader.is_authenticated else []
    return [Refreshed(one, is_renewed_today=one in now) for one in refreshed]
