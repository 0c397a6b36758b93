"""Duties as one query over tenures, decisions and completions. Nothing is stored, nothing stale.

The same query runs on PostgreSQL and SQLite. A duty counts only the posts inside the scope that is
asked about: who oversees one unit learns nothing from a post held in another. What nobody needs
that day (leave, people named by hand, editions) is left out of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from compliance.duty import duty_sql, reason_sql
from compliance.duty.status import DUE_SOON_DAYS, Status
from compliance.duty.terms import GAP_DAYS
from courses.editions import joined
from members.dates import FOR_GOOD, end_of
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.duty.terms import Terms

TERM = (
    "term (term_id, requirement_id, kind_id, path, first_start, last_start, begins, grace_days,"
    " fixed_on, by_sign_in) AS (VALUES {terms})"
)
ENOUGH = (
    "enough (term_id, course_id, first_edition, last_edition, ends_by, renews_by)"
    " AS (VALUES {enough})"
)
LAST_EDITION = 32767


@dataclass(frozen=True)
class Scope:
    """Whose duties: a unit's and those below it, or that unit's alone; all people's or some."""

    path: str = ""
    exact: bool = False
    member_id: int | None = None
    member_ids: Sequence[int] | None = None
    # Posts are told apart by the first characters of their unit's path: 0 puts them together.
    place_length: int = 0
    # Who oversees a unit learns nothing of members without a post there.
    everyone: bool = False

    # False if nobody in it holds a post again that they held before: then nothing is asked of it.
    retaken: bool = True

    def on_posts(self, path: str, member: str) -> str:
        """Return the condition on a unit's path and a member."""
        here = f"{path} = %(path)s" if self.exact else f"{path} BETWEEN %(path)s AND %(path_last)s"
        return f"{here}{self.on_member(member)}"

    def in_turn(self, units: str, tenures: str) -> str:
        """Return the two tables in the order in which SQLite, without statistics, reads them."""
        if self.is_wide or self.member_id is not None or self.member_ids is not None:
            return f"{tenures} CROSS JOIN {units}"
        return f"{units} CROSS JOIN {tenures}"

    def on_member(self, member: str) -> str:
        if self.member_ids is not None:
            ids = ", ".join(str(int(pk)) for pk in self.member_ids) or "NULL"
            return f" AND {member} IN ({ids})"
        return "" if self.member_id is None else f" AND {member} = {int(self.member_id)}"

    def place(self, path: str) -> str:
        return (
            f"substr({path}, 1, {int(self.place_length)})"
            if self.place_length
            else "CAST('' AS text)"
        )

    @property
    def is_wide(self) -> bool:
        """Whether most people are in it, so that their completions are best read all at once."""
        return self.member_id is None and self.member_ids is None and len(self.path) <= Unit.steplen


def duties(
    terms: Sequence[Terms],
    *,
    on: date,
    scope: Scope,
    select: str,
    known_on: date | None = None,
) -> list[tuple[Any, ...]]:
    """Run `select` over the duties that these terms make in the scope on that day.

    It reads `duty`: place, member_id, term_id (the place in `terms`), since, due_on, valid_to,
    status. `known_on` is a day of knowledge: what was recorded later does not count.
    """
    asked = [(key, term) for key, term in enumerate(terms) if term.spans and term.courses]
    if not asked:
        return []
    params = _params(on, scope, known_on)
    spans = [(key, term.requirement.pk or 0, *span) for key, term in asked for span in term.spans]
    enough = [row for key, term in asked for row in _enough(key, term)]
    inner, known = [term for _, term in asked], known_on is not None
    clauses = [TERM, ENOUGH, *reason_sql.held(inner, scope, known=known)]
    clauses += duty_sql.standing(inner, scope, known=known)
    sql = f"WITH RECURSIVE {', '.join(clauses)} ".format(
        terms=_values(spans, params),
        enough=_values(enough, params),
        **{status.name.lower(): status.value for status in Status},
    )
    with connection.cursor() as cursor:
        cursor.execute(sql + select, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _params(on: date, scope: Scope, known_on: date | None) -> dict[str, Any]:
    params = {
        "on": on,
        "soon": on + timedelta(days=DUE_SOON_DAYS),
        "for_good": FOR_GOOD,
        "gap": GAP_DAYS,
        "path": scope.path,
        "path_last": scope.path + Unit.alphabet[-1] * Unit.steplen,
        "known": end_of(known_on) if known_on else None,
    }
    return {name: _adapted(value) for name, value in params.items()}


def _enough(key: int, term: Terms) -> list[tuple[Any, ...]]:
    """Return which completions are enough: course, editions from and to, until when at most."""
    rows = []
    for course in term.courses:
        first = 0
        caps = sorted(
            (cap for cap in term.caps if cap.course_id == course.pk), key=lambda c: c.below
        )
        for number, cap in enumerate(caps):
            if said := joined(caps[number:]):
                rows.append((key, course.pk, first, cap.below - 1, said.until, said.renews_from))
            first = cap.below
        rows.append((key, course.pk, first, LAST_EDITION, FOR_GOOD, FOR_GOOD))
    return rows


def _values(rows: Sequence[tuple[Any, ...]], params: dict[str, Any]) -> str:
    """Return rows as SQL, their values added to the parameters."""
    return ", ".join(f"({', '.join(_mark(value, params) for value in row)})" for row in rows)


def _mark(value: Any, params: dict[str, Any]) -> str:
    if isinstance(value, int):
        return str(value)
    name = f"v{len(params)}"
    params[name] = _adapted(value)
    return f"%({name})s"


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
