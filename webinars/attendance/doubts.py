"""What a match is; and who is doubted because two were there under one name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from webinars.models import Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import Member
    from webinars.attendance.presence import Person

State = Visitor.State
ONE_DEVICE = 95  # from here on a second name at the same time is a second device
MOST_DEVICES = 10  # more under one name are not one person's, at whatever times


@dataclass(frozen=True)
class Matched:
    """Who a person in a report is. The confidence is out of 100, the reason in words."""

    person: Person
    member: Member | None
    confidence: int
    state: str
    reason: str
    suggestions: tuple[Member, ...] = ()


def with_doubts(found: Sequence[Matched]) -> list[Matched]:
    """Doubt those who are one member by name only and were there at the same time.

    They may be one person on two devices, or two people of one name: somebody has to look. Beside
    the member's own e-mail address or number, another device of theirs is likelier.
    """
    by_name: dict[int, list[int]] = defaultdict(list)
    for position, one in enumerate(found):
        if one.member and one.confidence < ONE_DEVICE:
            by_name[one.member.pk].append(position)
    doubted = {
        position
        for positions in by_name.values()
        for pair in combinations(positions, 2)
        if len(positions) > MOST_DEVICES or _at_once(*(found[position].person for position in pair))
        for position in pair
    }
    return [_doubted(one) if position in doubted else one for position, one in enumerate(found)]


def _doubted(one: Matched) -> Matched:
    reason = "Two in the report at the same time have this name"
    return replace(
        one,
        member=None,
        confidence=60,
        state=State.DOUBTFUL,
        reason=reason,
        suggestions=(one.member,) if one.member else (),
    )


def _at_once(one: Person, other: Person) -> bool:
    """Whether two were there at the same time; where times are unknown they may have been."""
    if not (one.intervals and other.intervals):
        return True
    return any(
        starts < ended and began < ends
        for starts, ends in one.intervals
        for began, ended in other.intervals
    )
