"""The first half of the duties' query: who has which duty, since when, by when.

A reason is a post, membership itself, or being named by hand. What nobody needs is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.duty.dialect import civil, later, plus
from compliance.duty.timeline import BY_HAND, EVERYONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.sql import Scope
    from compliance.duty.terms import Terms

SAME_POST = (
    "past.member_id = {now}.member_id AND past.post_kind_id = {now}.post_kind_id"
    " AND past.unit_id = {now}.unit_id AND past.started_on < {now}.started_on"
)


def held(terms: Sequence[Terms], scope: Scope, *, known: bool) -> list[str]:
    """Return the clauses up to `held`: who has which duty, since when and until when in time."""
    assigned = any(term.has_assignments for term in terms)
    clauses = _runs(scope, known=known) if scope.retaken else []
    if assigned or any(term.has_relief for term in terms):
        clauses.append(_decision(known=known))
    reason = _reason(terms, scope, known=known, assigned=assigned)
    return [*clauses, reason, HELD_BY_COURSE if by_course(terms, scope) else HELD]


def by_course(terms: Sequence[Terms], scope: Scope) -> bool:
    """Whether each duty is about one course, and most people's duties are asked for."""
    single = all(len(term.courses) == 1 and not term.caps for term in terms)
    return single and scope.is_wide


def _tenure(*, known: bool) -> str:
    """Return the tenures, as they stand on record or as they stood on the day of knowledge."""
    if not known:
        return "members_tenure"
    return """(
      SELECT id, member_id, post_kind_id, unit_id, started_on, ended_on FROM members_tenure now
      WHERE recorded_at < %(known)s AND NOT EXISTS (
        SELECT 1 FROM members_tenurehistory later
        WHERE later.tenure_id = now.id AND later.superseded_at >= %(known)s)
      UNION ALL
      SELECT tenure_id, member_id, post_kind_id, unit_id, started_on, ended_on
      FROM members_tenurehistory
      WHERE recorded_at < %(known)s AND superseded_at >= %(known)s)"""


def _running(tenure: str) -> str:
    goes_on = f"({tenure}.ended_on IS NULL OR {tenure}.ended_on > %(on)s)"
    return f"{tenure}.started_on <= %(on)s AND {goes_on}"


def _runs(scope: Scope, *, known: bool) -> list[str]:
    """Return since when a post has been held with no gap that counts."""
    tenure = _tenure(known=known)
    # A post that never ended is a reason of its own: nothing needs to be joined to it.
    joins = (
        f"past.ended_on IS NOT NULL AND {plus('past.ended_on', '%(gap)s')} >= {{now}}.started_on"
    )
    step = f"{tenure} past ON {SAME_POST} AND {joins}"
    # Where most people are in the scope, it costs less to look at all of them.
    where = "" if scope.is_wide else f"AND {scope.on_posts('unit.path', 'now.member_id')}"
    units = "" if scope.is_wide else "JOIN members_unit unit ON unit.id = now.unit_id"
    run = f"""
run (tenure_id, member_id, post_kind_id, unit_id, started_on) AS (
  SELECT now.id, now.member_id, now.post_kind_id, now.unit_id, past.started_on
  FROM {tenure} now {units} JOIN {step.format(now="now")}
  WHERE {_running("now")} {where}
  UNION
  SELECT run.tenure_id, run.member_id, run.post_kind_id, run.unit_id, past.started_on
  FROM run JOIN {step.format(now="run")}
)"""
    return [
        run,
        "unbroken AS (SELECT tenure_id, MIN(started_on) AS since FROM run GROUP BY tenure_id)",
    ]


def _decision(*, known: bool) -> str:
    """Return the decisions that stand, as known now or on the day of knowledge."""
    before = " AND {0}.recorded_at < %(known)s" if known else ""
    return f"""
decision AS (
  SELECT said.kind, said.member_id, said.requirement_id, said.unit_id, said.from_on, said.until_on,
         said.due_on
  FROM compliance_decision said
  WHERE NOT said.is_withdrawn{before.format("said")} AND NOT EXISTS (
    SELECT 1 FROM compliance_decision later
    WHERE later.corrects_id = said.id{before.format("later")})
)"""


def _reason(terms: Sequence[Terms], scope: Scope, *, known: bool, assigned: bool) -> str:
    """Return one row for each reason of a duty: a post, membership, or being named by hand."""
    signed_in = any(term.asks_for_sign_in for term in terms)
    branches = [_of_posts(terms, scope, known=known, signed_in=signed_in)]
    if assigned:
        branches.append(_by_hand(terms, scope, signed_in=signed_in))
    if scope.everyone and any(term.is_for_everyone for term in terms):
        branches.append(_of_everyone(terms, scope, signed_in=signed_in))
    return "reason AS (" + "\nUNION ALL\n".join(branches) + ")"


def due_on(since: str, *, signed_in: bool) -> str:
    """Return the last day in time for a duty that began then."""
    anchor = later(since, "term.begins")
    due = later(plus(anchor, "term.grace_days"), "term.fixed_on")
    if not signed_in:
        return due
    after = later(anchor, "person.first_signed_in_on")
    return f"""CASE WHEN term.by_sign_in = 0 THEN {due}
       WHEN person.first_signed_in_on IS NULL THEN %(for_good)s
       ELSE {later(plus(after, "term.grace_days"), "term.fixed_on")} END"""


def _begun(terms: Sequence[Terms], since: str) -> str:
    """Return which version's span somebody falls into; there is a choice only after a change."""
    if not any(term.has_changed for term in terms):
        return ""
    return f"AND {since} >= term.first_start AND {since} < term.last_start"


def _columns(place: str, member: str, since: str, due: str) -> str:
    return f"""{place} AS place, {member} AS member_id, term.term_id,
    {later(since, "term.begins")} AS since, {due} AS due_on"""


def _person(member: str, *, signed_in: bool) -> str:
    return f"JOIN members_member person ON person.id = {member}" if signed_in else ""


# Written so that PostgreSQL does not take it to leave next to nobody.
INSIDE = """CASE WHEN substr(unit.path, 1, length(term.path)) = term.path THEN 1 END IS NOT NULL"""
# Where a requirement was widened, the narrower place it began in tells since when.
NARROWEST = """NOT EXISTS (
     SELECT 1 FROM term nearer
     WHERE nearer.term_id = term.term_id AND nearer.kind_id = term.kind_id
       AND length(nearer.path) > length(term.path)
       AND substr(unit.path, 1, length(nearer.path)) = nearer.path)"""


def _of_posts(terms: Sequence[Terms], scope: Scope, *, known: bool, signed_in: bool) -> str:
    since, unbroken = "tenure.started_on", ""
    if scope.retaken:
        since = "COALESCE(unbroken.since, tenure.started_on)"
        unbroken = "LEFT JOIN unbroken ON unbroken.tenure_id = tenure.id"
    due = due_on(since, signed_in=signed_in)
    # Said only where a requirement is for a unit: the planner takes it to leave next to nobody.
    narrow = any(span.path for term in terms for span in term.spans)
    inside = f"AND {INSIDE}" if narrow else ""
    if any(term.has_nested_spans for term in terms):
        inside += f" AND {NARROWEST}"
    return f"""
  SELECT {_columns(scope.place("unit.path"), "tenure.member_id", since, due)}
  FROM {scope.in_turn("members_unit unit", f"{_tenure(known=known)} tenure")}
  CROSS JOIN term {unbroken}
  {_person("tenure.member_id", signed_in=signed_in)}
  WHERE tenure.unit_id = unit.id AND term.kind_id = tenure.post_kind_id {inside}
    AND {_running("tenure")}
    AND {scope.on_posts("unit.path", "tenure.member_id")} {_begun(terms, since)}"""


def _by_hand(terms: Sequence[Terms], scope: Scope, *, signed_in: bool) -> str:
    path = "COALESCE(unit.path, '')"
    # Without a unit it is seen by administrators and the person, not by a unit's officers.
    seen = "" if scope.everyone else "AND decision.unit_id IS NOT NULL"
    due = f"COALESCE(decision.due_on, {due_on('decision.from_on', signed_in=signed_in)})"
    columns = _columns(scope.place(path), "decision.member_id", "decision.from_on", due)
    return f"""
  SELECT {columns}
  FROM decision
  JOIN term ON term.requirement_id = decision.requirement_id AND term.kind_id = {BY_HAND}
   {_begun(terms, "decision.from_on")}
  LEFT JOIN members_unit unit ON unit.id = decision.unit_id
  {_person("decision.member_id", signed_in=signed_in)}
  WHERE decision.kind = 'assignment' AND decision.from_on <= %(on)s
    AND (decision.until_on IS NULL OR decision.until_on >= %(on)s)
    AND {scope.on_posts(path, "decision.member_id")} {seen}"""


def _of_everyone(terms: Sequence[Terms], scope: Scope, *, signed_in: bool) -> str:
    since, path = civil("person.joined_at"), "COALESCE(unit.path, '')"
    nearest = f" AND {NARROWEST}" if any(term.has_nested_spans for term in terms) else ""
    columns = _columns(scope.place(path), "person.id", since, due_on(since, signed_in=signed_in))
    return f"""
  SELECT {columns}
  FROM members_member person
  LEFT JOIN members_unit unit ON unit.id = person.home_unit_id
  JOIN term ON term.kind_id = {EVERYONE} AND substr({path}, 1, length(term.path)) = term.path
   {_begun(terms, since)}{nearest}
  WHERE person.is_active AND {since} <= %(on)s AND {scope.on_posts(path, "person.id")}"""


HELD = """
held AS (
  SELECT place, member_id, term_id, MIN(since) AS since, MIN(due_on) AS due_on
  FROM reason GROUP BY member_id, place, term_id
)"""
# Grouped in the order in which completions are read, so that the two need not be sorted again.
HELD_BY_COURSE = """
held AS (
  SELECT reason.place, reason.member_id, reason.term_id, enough.course_id,
         MIN(reason.since) AS since, MIN(reason.due_on) AS due_on
  FROM reason JOIN enough ON enough.term_id = reason.term_id
  GROUP BY reason.member_id, enough.course_id, reason.place, reason.term_id
)"""
