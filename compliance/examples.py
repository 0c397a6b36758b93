"""Somebody who does not exist, to show what a requirement means: by when would they be due?

The database works it out with the very words that it uses for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance import dialect, sql
from compliance.reason_sql import due_on
from compliance.timeline import BY_HAND, EVERYONE, Audience
from members.dates import add_period, today
from members.models import PostKind

if TYPE_CHECKING:
    from datetime import date

    from compliance.terms import Terms

# The day on which the example's time begins is the day that is asked about.
EXAMPLE = (
    "SELECT MIN({due}) FROM term"
    " CROSS JOIN (SELECT %(on)s AS since, %(on)s AS first_signed_in_on) person"
    " WHERE term.kind_id = {kind} AND term.path = %(path)s"
    " AND person.since >= term.first_start AND person.since < term.last_start"
)


@dataclass(frozen=True)
class Example:
    """Somebody with a post since a day, and the last day on which they would be in time."""

    name: str
    what: str
    due_on: date

    def __str__(self) -> str:
        verb = "would be" if self.due_on >= today() else "would have been"
        return f"{self.name}, {self.what}, {verb} due by {_civil(self.due_on)}."


def examples(term: Terms) -> list[Example]:
    """Return somebody in post for some weeks and, where they have other days, a newcomer."""
    # The first of the month before: long enough ago to be nobody's first week.
    earlier = add_period(today(), months=-1).replace(day=1)
    newcomer = max(today(), term.version.effective_from)
    return [
        Example(name, what, due)
        for name, since in (("Jo Smith", earlier), ("Sam Jones", newcomer))
        if (due := _due(term, since)) and (what := _what(term, since))
    ]


def _due(term: Terms, since: date) -> date | None:
    by_hand = term.version.audience == Audience.NAMED
    select = EXAMPLE.format(
        due=due_on("person.since", signed_in=term.asks_for_sign_in), kind=_kind(term)
    )
    scope = sql.Scope(path="" if by_hand else term.path)
    rows = sql.duties([term], on=since, scope=scope, select=select)
    due: date | None = dialect.as_date(rows[0][0]) if rows else None
    return due


def _kind(term: Terms) -> int:
    if term.version.audience == Audience.NAMED:
        return BY_HAND
    return EVERYONE if term.is_for_everyone else min(term.kind_ids, default=EVERYONE)


def _what(term: Terms, since: date) -> str:
    day = _civil(since)
    told = {Audience.NAMED: f"named by hand on {day}", Audience.EVERYONE: f"a member since {day}"}
    what = told.get(term.version.audience)
    if what is None:
        kind = PostKind.objects.filter(pk=_kind(term)).first()
        what = f"{kind} since {day}" if kind else ""
    return f"{what}, first signed in that day" if what and term.asks_for_sign_in else what


def _civil(day: date) -> str:
    return written(day, "j F Y")
