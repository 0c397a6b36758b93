"""Duties as one query over tenures and completions. Nothing here is stored, nothing goes stale.

The same text runs on PostgreSQL and SQLite. A duty counts only the posts inside the scope that is
asked about: who oversees one unit learns nothing from a post held in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from django.db import connection

from compliance.status import Status
from compliance.terms import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.terms import Terms

DUTIES = """
WITH term (term_id, kind_id, path, applies_from, late_before, soon_before, renew_to) AS (
  VALUES {terms}
),
enough (term_id, course_id) AS (VALUES {enough}),
held AS (
  SELECT {place} AS place, tenure.member_id, term.term_id,
         MIN(tenure.started_on) AS since,
         MIN(term.applies_from) AS applies_from, MIN(term.late_before) AS late_before,
         MIN(term.soon_before) AS soon_before, MIN(term.renew_to) AS renew_to
  FROM members_tenure tenure
  JOIN members_unit unit ON unit.id = tenure.unit_id
  JOIN term ON term.kind_id = tenure.post_kind_id {inside}
  WHERE tenure.started_on <= %s AND (tenure.ended_on IS NULL OR tenure.ended_on > %s) AND {scope}
  GROUP BY {place}, tenure.member_id, term.term_id
),
dated AS (
  SELECT held.place, held.member_id, held.term_id, held.since, held.applies_from,
         held.late_before, held.soon_before, held.renew_to,
         MAX(CASE WHEN done.completed_on IS NOT NULL THEN COALESCE(done.valid_to, %s) END)
           AS valid_to
  FROM held
  JOIN enough ON enough.term_id = held.term_id
  LEFT JOIN courses_completion done ON done.member_id = held.member_id
        AND done.course_id = enough.course_id AND done.completed_on <= %s
  GROUP BY held.place, held.member_id, held.term_id, held.since, held.applies_from,
           held.late_before, held.soon_before, held.renew_to
),
duty AS (
  SELECT place, member_id, term_id, since, valid_to,
         CASE WHEN valid_to > renew_to THEN {covered}
              WHEN valid_to >= %s THEN {renewal}
              WHEN since >= soon_before THEN {due}
              WHEN since >= late_before THEN {due_soon}
              WHEN valid_to >= since AND valid_to >= applies_from THEN {expired}
              ELSE {overdue} END AS status
  FROM dated
)
"""
# Said only where a requirement is for a unit: the planner takes it to leave next to nobody.
INSIDE = "AND substr(unit.path, 1, length(term.path)) = term.path"


@dataclass(frozen=True)
class Scope:
    """Whose duties: a unit's and those below it, or that unit's alone; all people's or one's."""

    path: str = ""
    exact: bool = False
    member_id: int | None = None
    # Posts are told apart by the first characters of their unit's path: 0 puts them together.
    place_length: int = 0

    def condition(self) -> tuple[str, list[Any]]:
        if self.exact:
            where, params = "unit.path = %s", [self.path]
        else:
            where, params = "unit.path LIKE %s", [f"{self.path}%"]
        if self.member_id is None:
            return where, params
        return f"{where} AND tenure.member_id = %s", [*params, self.member_id]

    def place(self) -> str:
        return f"substr(unit.path, 1, {int(self.place_length)})"


def duties(terms: Sequence[Terms], *, on: date, scope: Scope, select: str) -> list[tuple[Any, ...]]:
    """Run `select` over the duties that these terms make in the scope on that day.

    It reads `duty`: place, member_id, term_id (the place in `terms`), since, valid_to, status.
    """
    asked = [(key, term) for key, term in enumerate(terms) if term.kind_ids and term.courses]
    if not asked:
        return []
    rows = [_row(key, term, kind, on) for key, term in asked for kind in term.kind_ids]
    enough = [(key, course.pk) for key, term in asked for course in term.courses]
    condition, of_scope = scope.condition()
    sql = DUTIES.format(
        terms=_marks(rows),
        enough=_marks(enough),
        place=scope.place(),
        scope=condition,
        inside=INSIDE if any(term.path for _, term in asked) else "",
        **{status.name.lower(): status.value for status in Status},
    )
    params = [*chain(*rows), *chain(*enough), on, on, *of_scope, FOR_GOOD, on, on]
    with connection.cursor() as cursor:
        cursor.execute(sql + select, [_adapted(value) for value in params])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def as_date(value: Any) -> Any:
    """Read a day that the query returned: SQLite answers in text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _row(key: int, term: Terms, kind_id: int, on: date) -> tuple[Any, ...]:
    return (key, kind_id, term.path, term.requirement.applies_from, *term.thresholds(on))


def _marks(rows: Sequence[tuple[Any, ...]]) -> str:
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    return ", ".join([one] * len(rows))


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
