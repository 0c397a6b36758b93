"""A second, naive reading of the rules: pure Python over lists, sharing nothing with the query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    applies_from: dt.date
    grace: int
    kinds: frozenset[int]
    courses: frozenset[int]
    unit: str = ""
    archived_on: dt.date | None = None


@dataclass(frozen=True)
class Post:
    member: int
    kind: int
    unit: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class Done:
    member: int
    course: int
    on: dt.date
    valid_to: dt.date | None


def duties(
    rules: list[Rule],
    posts: list[Post],
    done: list[Done],
    windows: dict[int, int],
    today: dt.date,
    *,
    scope: str = "",
) -> dict[tuple[int, int], tuple[str, dt.date | None]]:
    """Return {(member, index of the rule): (status, due on)} for the posts in the scope."""
    found = {}
    for index, rule in enumerate(rules):
        if rule.applies_from > today or (rule.archived_on and rule.archived_on <= today):
            continue
        starts: dict[int, list[dt.date]] = {}
        for post in posts:
            if (
                post.kind in rule.kinds
                and post.unit.startswith(rule.unit)
                and post.unit.startswith(scope)
                and post.start <= today
                and (post.end is None or today < post.end)
            ):
                starts.setdefault(post.member, []).append(post.start)
        for member, since in starts.items():
            mine = [d for d in done if d.member == member and d.course in rule.courses]
            found[member, index] = stands(rule, min(since), mine, windows, today)
    return found


def stands(
    rule: Rule, since: dt.date, done: list[Done], windows: dict[int, int], today: dt.date
) -> tuple[str, dt.date | None]:
    begins = max(since, rule.applies_from)
    first_due = begins
    for _ in range(rule.grace):
        first_due += DAY
    past = [d for d in done if d.on <= today]
    if any(d.valid_to is None for d in past):
        return "COVERED", None
    ends = [d.valid_to for d in past]
    if ends and max(ends) >= today:
        until = max(ends)
        window = max(windows[course] for course in rule.courses)
        return ("RENEWAL" if (until - today).days <= window else "COVERED"), until
    if first_due >= today:
        return ("DUE_SOON" if (first_due - today).days <= 30 else "DUE"), first_due
    if ends and max(ends) >= begins:
        return "EXPIRED", max(first_due, *ends)
    return "OVERDUE", first_due
