"""What page templates ask about duties."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template

from compliance.duty import duties
from compliance.duty.days import DayForm
from compliance.requirements.new_edition import proposed
from courses.models import Completion

if TYPE_CHECKING:
    from datetime import date

    from django.template.context import Context

    from compliance.duty.duties import Duty
    from compliance.duty.people import AsAt
    from compliance.requirements.dry_run import Proposal
    from courses.models import CoursePage
    from members.http import MemberRequest

register = template.Library()

HOW = {
    Completion.Source.COURSE: "By the course",
    Completion.Source.REFRESHER: "By the refresher course",
    Completion.Source.WEBINAR: "By a webinar",
    Completion.Source.EVIDENCE: "By training elsewhere",
    Completion.Source.IMPORTED: "Taken over from earlier records",
}


@register.simple_tag(takes_context=True)
def duty_for(context: Context, course: CoursePage | None) -> Duty | None:
    """Return the reader's most urgent duty that this course would meet; None when there is none."""
    request: MemberRequest | None = context.get("request")
    if course is None or request is None or not request.user.is_authenticated:
        return None
    return next((duty for duty in own_duties(request) if course in duty.courses), None)


@register.simple_tag
def day_form(as_at: AsAt) -> DayForm:
    """Return the form that asks for another day, filled with the day of this page."""
    return DayForm(initial={"on": as_at.on, "known": as_at.known_on} if as_at.fields else None)


@register.inclusion_tag("compliance/admin/dry_run.html")
def edition_reach(
    course: CoursePage, kind: str, old_count_until: date | None
) -> dict[str, Proposal | None]:
    """Show what a new edition, published today, would do to people's duties.

    After a minor one all counts as before: there is nothing to show.
    """
    return {"proposal": proposed(course, kind, old_count_until)}


@register.filter
def how_met(done: Completion) -> str:
    """Say how training was completed, and no more than that."""
    return HOW[Completion.Source(done.source)]


@register.filter
def day_before(day: date) -> date:
    """Return the last day a post is held: its end is the first day it no longer is."""
    return day - timedelta(days=1)


@register.filter
def lower_first(words: str) -> str:
    """Fit a status into a sentence: due by 30 November 2026."""
    return words[:1].lower() + words[1:]


def own_duties(request: MemberRequest) -> list[Duty]:
    """Return the reader's duties, asked for once a request however many cards ask."""
    known: list[Duty] | None = getattr(request, "own_duties", None)
    if known is None:
        known = duties.merged(duties.for_member(request.user))
        request.own_duties = known  # type: ignore[attr-defined]
    return known
