"""Somebody who does not exist, to show what a requirement means: by when would they be due?

The database works it out with the very words that it uses for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance.duty import dialect, sql
from compliance.duty.reason_sql import due_on
from compliance.duty.timeline import BY_HAND, EVERYONE, Audience
from members.dates import add_period, today
from members.models import PostKind

if TYPE_CHECKING:
    from datetime import date

    from compliance.duty.terms import Terms

SECRETARY = "clp-secretary"
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
    """Return somebody in post for some weeks, and a newcomer of the first day."""
    # The first of the month before: long enough ago to be nobody's first week.
    earlier = add_period(today(), months=-1).replace(day=1)
    newcomer = max(today(), term.version.effective_from)
    kind, what = _of(term)
    signed_in = ", first signed in that day" if term.asks_for_sign_in else ""
    return [
        Example(name, f"{what} {_civil(since)}{signed_in}", due)
        for name, since in (("Jo Smith", earlier), ("Sam Jones", newcomer))
        if (due := _due(term, kind, since))
    ]


def _due(term: Terms, kind: int, since: date) -> date | None:
    due = due_on("person.since", signed_in=term.asks_for_sign_in)
    scope = sql.Scope(path="" if kind == BY_HAND else term.path)
    rows = sql.duties([term], on=since, scope=scope, select=EXAMPLE.format(due=due, kind=kind))
    last: date | None = dialect.as_date(rows[0][0]) if rows else None
    return last


def _of(term: Terms) -> tuple[int, str]:
    """Return what obliges them, as the query reads it and in words: a post people know, if any."""
    if term.version.audience == Audience.NAMED:
        return BY_HAND, "named by hand on"
    if term.is_for_everyone:
        return EVERYONE, "a member since"
    kinds = PostKind.objects.filter(pk__in=term.kind_ids)
    known = min(kinds, key=lambda kind: (kind.code != SECRETARY, kind.pk), default=None)
    return (known.pk, f"{known} since") if known else (EVERYONE, "")


def _civil(day: date) -> str:
    return written(day, "j F Y")
