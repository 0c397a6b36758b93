"""The second half of the duties' query: what was completed, what was decided, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.duty.dialect import between, earlier, later, plus
from compliance.duty.reason_sql import by_course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.sql import Scope
    from compliance.duty.terms import Terms


def standing(terms: Sequence[Terms], scope: Scope, *, known: bool) -> list[str]:
    """Return the clauses from `held` to `duty`: how each duty stands."""
    relieved = any(term.has_relief for term in terms)
    dated = _all_dated(terms, scope, known=known) if scope.is_wide else [_dated(terms, known=known)]
    given = [RELIEF, _leave(), _paused()] if relieved else []
    return [*dated, *given, _duty(relieved=relieved)]


@dataclass(frozen=True)
class Proof:
    """How completions are read: which of them, joined with what, until when they count.

    The days are NULL for a completion that was revoked.
    """

    only: str
    joins: str
    ends: str
    opens: str


def _proof(terms: Sequence[Terms], *, known: bool) -> Proof:
    ends, opens = (
        "COALESCE(done.valid_to, %(for_good)s)",
        "COALESCE(done.renews_from, %(for_good)s)",
    )
    only = "done.completed_on <= %(on)s" + (" AND done.recorded_at < %(known)s" if known else "")
    joins = ""
    if any(term.caps for term in terms):
        ends, opens = earlier(ends, "enough.ends_by"), earlier(opens, "enough.renews_by")
        only += (
            " AND done.edition_number >= enough.first_edition"
            " AND done.edition_number <= enough.last_edition"
        )
    if any(term.has_revocations for term in terms):
        before = "AND revoked.recorded_at < %(known)s" if known else ""
        joins = f"LEFT JOIN courses_revocation revoked ON revoked.completion_id = done.id {before}"
        ends, opens = (f"CASE WHEN revoked.id IS NULL THEN {day} END" for day in (ends, opens))
    return Proof(only, joins, ends, opens)


def _all_dated(terms: Sequence[Terms], scope: Scope, *, known: bool) -> list[str]:
    """Return the duties with the last day of what was completed: all completions read once.

    Put together by course they are read in the order of their index. Where editions make them
    count differently from one requirement to the next, they are put together by requirement.
    """
    if any(term.caps for term in terms):
        enough = "JOIN enough ON enough.course_id = done.course_id"
        return [_best(_proof(terms, known=known), "enough.term_id", enough), DATED_BY_TERM]
    best = _best(_proof(terms, known=known), "done.course_id")
    return [best, DATED_BY_COURSE if by_course(terms, scope) else DATED_BY_SEVERAL]


def _best(proof: Proof, key: str, enough: str = "") -> str:
    """Return everybody's best completion for each course or requirement."""
    return f"""
best AS (
  SELECT done.member_id, {key}, MAX({proof.ends}) AS valid_to, MAX({proof.opens}) AS renews_from
  FROM courses_completion done {enough} {proof.joins}
  WHERE {proof.only}
  GROUP BY done.member_id, {key}
)"""


DATED_BY_TERM = """
dated AS (
  SELECT held.place, held.member_id, held.term_id, held.since, held.due_on AS first_due,
         best.valid_to, best.renews_from
  FROM held
  LEFT JOIN best ON best.member_id = held.member_id AND best.term_id = held.term_id
)"""
DATED_BY_COURSE = """
dated AS (
  SELECT held.place, held.member_id, held.term_id, held.since, held.due_on AS first_due,
         best.valid_to, best.renews_from
  FROM held
  LEFT JOIN best ON best.member_id = held.member_id AND best.course_id = held.course_id
)"""
DATED_BY_SEVERAL = """
dated AS (
  SELECT held.place, held.member_id, held.term_id, MIN(held.since) AS since,
         MIN(held.due_on) AS first_due, MAX(best.valid_to) AS valid_to,
         MAX(best.renews_from) AS renews_from
  FROM held
  JOIN enough ON enough.term_id = held.term_id
  LEFT JOIN best ON best.member_id = held.member_id AND best.course_id = enough.course_id
  GROUP BY held.member_id, held.place, held.term_id
)"""


def _dated(terms: Sequence[Terms], *, known: bool) -> str:
    """Return the duties with the last day of what was completed: each person's looked up."""
    proof = _proof(terms, known=known)
    return f"""
dated AS (
  SELECT held.place, held.member_id, held.term_id, MIN(held.since) AS since,
         MIN(held.due_on) AS first_due,
         MAX(CASE WHEN done.id IS NOT NULL THEN {proof.ends} END) AS valid_to,
         MAX(CASE WHEN done.id IS NOT NULL THEN {proof.opens} END) AS renews_from
  FROM held
  JOIN enough ON enough.term_id = held.term_id
  LEFT JOIN courses_completion done ON done.member_id = held.member_id
        AND done.course_id = enough.course_id AND {proof.only}
  {proof.joins}
  GROUP BY held.member_id, held.place, held.term_id
)"""


RELIEF = """
relief AS (
  SELECT decision.member_id, asked.term_id,
         MAX(CASE WHEN decision.kind = 'exemption' AND decision.from_on <= %(on)s
                   AND (decision.until_on IS NULL OR decision.until_on >= %(on)s) THEN 1 END)
           AS is_exempt,
         MAX(CASE WHEN decision.kind = 'extension' THEN decision.due_on END) AS extended_to
  FROM decision
  JOIN (SELECT DISTINCT term_id, requirement_id FROM term) asked
    ON decision.requirement_id IS NULL OR decision.requirement_id = asked.requirement_id
  WHERE decision.kind IN ('exemption', 'extension')
  GROUP BY decision.member_id, asked.term_id
)"""
BASE_DUE = "CASE WHEN dated.valid_to > dated.first_due THEN dated.valid_to ELSE dated.first_due END"
# The clock of a renewal runs from the day it may be done.
CLOCK = "CASE WHEN dated.valid_to > dated.first_due THEN dated.renews_from ELSE dated.since END"


def _leave() -> str:
    """Return the leave that falls into the time somebody has for a duty, one row each."""
    return f"""
away AS (
  SELECT dated.place, dated.member_id, dated.term_id, {BASE_DUE} AS due_on,
         {later("decision.from_on", CLOCK)} AS from_on,
         {between(later("decision.from_on", CLOCK), "COALESCE(decision.until_on, %(on)s)")} AS days
  FROM dated JOIN decision ON decision.kind = 'leave' AND decision.member_id = dated.member_id
  WHERE COALESCE(decision.until_on, %(on)s) >= {later("decision.from_on", CLOCK)}
)"""


def _paused() -> str:
    """Return how many days leave gives back: each that begins while the time still runs.

    Leave is given back in order; what began after the day that the leave before it made the last
    gives nothing back, and then neither does any later one.
    """
    reached = plus("due_on", "given")
    return f"""
paused AS (
  SELECT place, member_id, term_id, SUM(days) AS days
  FROM (SELECT away.*, COALESCE(SUM(days) OVER (PARTITION BY place, member_id, term_id
                 ORDER BY from_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS given
        FROM away) in_turn
  WHERE due_on < %(for_good)s AND from_on <= {reached}
  GROUP BY place, member_id, term_id
)"""


def _duty(*, relieved: bool) -> str:
    """Return the duties with their last day and how they stand."""
    due, joins, exempt = BASE_DUE, "", ""
    if relieved:
        given_back = plus(BASE_DUE, "paused.days")
        moved = f"CASE WHEN paused.days IS NULL THEN {BASE_DUE} ELSE {given_back} END"
        due = later(moved, f"COALESCE(relief.extended_to, {BASE_DUE})")
        same = "{0}.member_id = dated.member_id AND {0}.term_id = dated.term_id"
        joins = f"""LEFT JOIN relief ON {same.format("relief")}
  LEFT JOIN paused ON {same.format("paused")} AND paused.place = dated.place"""
        exempt = "WHEN is_exempt = 1 THEN {exempt}"
    is_exempt = "relief.is_exempt" if relieved else "0"
    return f"""
due AS (
  SELECT dated.place, dated.member_id, dated.term_id, dated.since, dated.valid_to,
         dated.renews_from, {due} AS due_on, {is_exempt} AS is_exempt
  FROM dated {joins}
),
duty AS (
  SELECT place, member_id, term_id, since, due_on, valid_to,
         CASE WHEN valid_to >= %(on)s AND renews_from > %(on)s THEN {{covered}}
              {exempt}
              WHEN valid_to >= %(on)s THEN {{renewal}}
              WHEN due_on > %(soon)s THEN {{due}}
              WHEN due_on >= %(on)s THEN {{due_soon}}
              WHEN valid_to >= since THEN {{expired}}
              ELSE {{overdue}} END AS status
  FROM due
)"""
