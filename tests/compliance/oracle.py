"""A second, naive reading of the rules: pure Python over lists, sharing nothing with the query.

Every question is answered the slow way: by asking each day, each row, each person in turn.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.compliance.records import Done, Person, Post, Said, Version, World

DAY = dt.timedelta(days=1)
FOR_GOOD = dt.date.max
GAP = 28


Stands = tuple[str, dt.date | None]


def duties(
    world: World, on: dt.date, *, scope: str = "", everyone: bool = False
) -> dict[tuple[int, int], Stands]:
    """Return {(member, rule): (status, due on)} for what makes a duty inside the scope."""
    found = {}
    for rule in {version.rule for version in world.versions}:
        for member in world.people:
            starts = _starts(world, rule, member, on, scope, everyone=everyone)
            if starts:
                found[member, rule] = _stands(world, rule, member, on, starts)
    return found


def version_on(world: World, rule: int, day: dt.date) -> Version | None:
    """Return the last recorded of the versions that say something about that day."""
    told = [one for one in world.versions if one.rule == rule and one.effective <= day]
    return told[-1] if told and not told[-1].withdrawn else None


def _starts(
    world: World, rule: int, member: int, on: dt.date, scope: str, *, everyone: bool
) -> list[tuple[dt.date, dt.date | None]]:
    """Return (began, last day in time) for each reason."""
    version = version_on(world, rule, on)
    if version is None:
        return []
    reasons = []
    for post in world.posts:
        if post.member == member and _runs(post, on) and post.unit.startswith(scope):
            covers = _of_post(post)
            if covers(version):
                began = _unbroken(world, post)
                reasons.append(_timed(world, rule, member, on, began, covers))
    for said in standing(world):
        named = said.kind == "assignment" and said.member == member and said.rule == rule
        seen = said.unit.startswith(scope) and (everyone or said.unit)
        if named and seen and said.begins <= on and (said.until is None or said.until >= on):
            began, due = _timed(world, rule, member, on, said.begins, lambda one: True)
            reasons.append((began, said.due or due))
    person = world.people[member]
    covers_all = _of_member(person)
    if everyone and covers_all(version) and person.joined <= on and person.home.startswith(scope):
        reasons.append(_timed(world, rule, member, on, person.joined, covers_all))
    return reasons


def _of_post(post: Post) -> Any:
    return lambda one: post.kind in one.kinds and post.unit.startswith(one.unit)


def _of_member(person: Person) -> Any:
    return lambda one: one.everyone and person.home.startswith(one.unit)


def _runs(post: Post, day: dt.date) -> bool:
    return post.start <= day and (post.end is None or day < post.end)


def _unbroken(world: World, post: Post) -> dt.date:
    """Return since when the post has been held without a gap that counts."""
    since, again = post.start, True
    while again:
        again = False
        for other in world.posts:
            same = (other.member, other.kind, other.unit) == (post.member, post.kind, post.unit)
            # One that never ended is a reason of its own.
            ended = same and other.start < since and other.end is not None
            if ended and (since - other.end).days <= GAP:
                since, again = other.start, True
    return since


def _timed(  # noqa: PLR0917
    world: World, rule: int, member: int, on: dt.date, began: dt.date, covers: Any
) -> tuple[dt.date, dt.date | None]:
    """Return when the duty began and its last day, by the version of the day it began."""
    begins = on
    for day in sorted({one.effective for one in world.versions if one.rule == rule}, reverse=True):
        if day > on:
            continue
        version = version_on(world, rule, day)
        if version is None or not covers(version):
            break
        begins = day
    anchor = max(began, begins)
    version = version_on(world, rule, anchor)
    assert version is not None
    if version.anchor == "sign-in":
        signed_in = world.people[member].signed_in
        if signed_in is None:
            return anchor, None
        return anchor, max(anchor, signed_in) + version.grace * DAY
    due = anchor + version.grace * DAY
    if version.anchor == "fixed" and version.fixed:
        due = max(due, version.fixed)
    return anchor, due


def standing(world: World) -> list[Said]:
    corrected = {said.corrects for said in world.said}
    return [one for one in world.said if one.number not in corrected and not one.withdrawn]


def _stands(
    world: World,
    rule: int,
    member: int,
    on: dt.date,
    reasons: list[tuple[dt.date, dt.date | None]],
) -> Stands:
    version = version_on(world, rule, on)
    assert version is not None
    since = min(began for began, _ in reasons)
    first_due = min(due or FOR_GOOD for _, due in reasons)
    proofs = [_capped(world, one) for one in _proofs(world, member, version.courses, on)]
    ends = max((end for end, _ in proofs), default=None)
    opens = max((day for _, day in proofs), default=None)
    renews = ends is not None and opens is not None and ends > first_due
    due = _given_back(world, member, on, ends if renews else first_due, opens if renews else since)
    mine = [one for one in standing(world) if one.member == member and one.rule in (None, rule)]
    due = max([due, *(one.due for one in mine if one.kind == "extension" and one.due)])
    exempt = any(
        one.kind == "exemption" and one.begins <= on and (one.until is None or one.until >= on)
        for one in mine
    )
    status = _status(on, since, due, ends, opens, exempt=exempt)
    return status, None if due == FOR_GOOD or status == "EXEMPT" else due


def _proofs(world: World, member: int, courses: frozenset[int], on: dt.date) -> list[Done]:
    return [
        one
        for one in world.done
        if one.member == member
        and one.course in courses
        and one.on <= on
        and one.number not in world.revoked
    ]


def _capped(world: World, done: Done) -> tuple[dt.date, dt.date]:
    """Return the last day a completion counts and the first day it may be renewed."""
    ends, opens = done.valid_to or FOR_GOOD, done.renews or FOR_GOOD
    for major in world.majors:
        if major.course == done.course and done.edition < major.number:
            until = major.until or major.published - DAY
            ends, opens = min(ends, until), min(opens, until, major.published)
    return ends, opens


def _given_back(world: World, member: int, on: dt.date, due: dt.date, clock: dt.date) -> dt.date:
    """Return the last day once leave has stopped the clock: day by day."""
    leaves = [one for one in standing(world) if one.kind == "leave" and one.member == member]
    for leave in sorted(leaves, key=lambda one: one.begins):
        first, last = max(leave.begins, clock), leave.until or on
        if due == FOR_GOOD or first > due:
            break
        while first <= last:
            due, first = due + DAY, first + DAY
    return due


def _status(
    on: dt.date,
    since: dt.date,
    due: dt.date,
    ends: dt.date | None,
    opens: dt.date | None,
    *,
    exempt: bool,
) -> str:
    counts = ends is not None and ends >= on
    if counts and opens is not None and opens > on:
        return "COVERED"
    if exempt:
        return "EXEMPT"
    if counts:
        return "RENEWAL"
    if due >= on:
        return "DUE" if (due - on).days > 30 else "DUE_SOON"
    return "EXPIRED" if ends is not None and ends >= since else "OVERDUE"
