"""Why a requirement is not taken as it was filled in, each reason with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance.duty.timeline import Anchor, Audience
from members.dates import add_period, today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from compliance.models import RequirementVersion

MOST_YEARS_AHEAD = 5
MOST_YEARS_BACK = 20
NO_COURSE = "Choose at least one course. Without one there is nothing to complete."
NO_FIXED_DAY = "Say which day it is, or choose another way of counting the time."
NO_POST_KIND = "Choose at least one kind of post. Without one nobody has to do it."
TITLE_TAKEN = "There is already a requirement with this name."
TOO_FAR = "This is more than five years away. Check the year."
TOO_LONG_AGO = "This is more than twenty years ago. Check the year."
FIXED_IN_THE_PAST = (
    "This day is over: everybody would be late at once. Choose today or a later day, or count "
    "the time from the day the post began."
)
FIXED_BEFORE_START = (
    "This is before {start}, the day from which people must do it. Choose a later day, or let it "
    "begin earlier."
)
NOBODY = (
    "Nobody falls under this on that day. Check the posts and the place. If nobody holds such a "
    "post yet, and somebody soon will, tick this box."
)
NOT_PUBLISHED = (
    "“{course}” is not published, so nobody can take it. Publish it first, or choose another "
    "course."
)
FOR_GOOD = (
    "“{course}” counts for good, so nobody would ever have to renew it. Say on the course how "
    "long it counts, take it away here, or untick “It must be renewed”."
)


def people(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what is missing about who must do it, by field."""
    if said.get("audience") == Audience.POSTS and not said.get("post_kinds", True):
        return {"post_kinds": NO_POST_KIND}
    return {}


def courses(said: Mapping[str, Any]) -> dict[str, str]:
    """Return which course will not do, by field."""
    for course in said["courses"]:
        if not course.live:
            return {"courses": NOT_PUBLISHED.format(course=course.title)}
        if said.get("must_renew") and course.renewal.is_for_good:
            return {"courses": FOR_GOOD.format(course=course.title)}
    return {}


def days(said: Mapping[str, Any], latest: RequirementVersion | None) -> dict[str, str]:
    """Return which day will not do, by field. A fixed day that stands already may be over."""
    wrong = {}
    start, fixed = said.get("effective_from"), said.get("fixed_on")
    if start and (problem := _out_of_reach(start)):
        wrong["effective_from"] = problem
    if said.get("anchor") == Anchor.FIXED:
        known = latest.fixed_on if latest else None
        if problem := _wrong_fixed(fixed, start, is_known=fixed is not None and fixed == known):
            wrong["fixed_on"] = problem
    return wrong


def _out_of_reach(day: date) -> str:
    if day > add_period(today(), years=MOST_YEARS_AHEAD):
        return TOO_FAR
    return TOO_LONG_AGO if day < add_period(today(), years=-MOST_YEARS_BACK) else ""


def _wrong_fixed(fixed: date | None, start: date | None, *, is_known: bool) -> str:
    if fixed is None:
        return NO_FIXED_DAY
    if is_known:
        return ""
    if fixed < today():
        return FIXED_IN_THE_PAST
    if start and fixed < start:
        return FIXED_BEFORE_START.format(start=written(start, "j F Y"))
    return _out_of_reach(fixed)
