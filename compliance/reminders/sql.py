"""Which duties are near a day of the plan: a select over the duties' query (see `sql`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from compliance.duty.dialect import civil
from compliance.duty.status import Status
from compliance.duty.timeline import BY_HAND, EVERYONE
from compliance.reminders.plan import LATEST_DAYS, MAILS, UNDO_DAYS, Anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.duty.terms import Terms

TO_DO = ", ".join(
    str(status.value) for status in Status if status.is_open and status != Status.RENEWAL
)


def near(terms: Sequence[Terms], fresh: Iterable[int], *, on: date) -> str:
    """Return the select for the duties of which a mail may be due on that day, or some days before.

    Each comes with the day on which it was first known and with the codes already told. `fresh`
    are the terms that are themselves new. Who has left or is on leave is left out.
    """
    decided = any(term.has_assignments or term.has_relief for term in terms)
    return f"""
SELECT near.member_id, near.term_id, near.since, near.due_on, near.valid_to, near.status,
       near.known_on, ({_told()})
FROM (SELECT duty.*, ({_known(decided=decided)}) AS known_on
      FROM duty JOIN members_member person ON person.id = duty.member_id
      WHERE person.is_active AND duty.status IN ({TO_DO}, {Status.RENEWAL.value})
        {AT_WORK if decided else ""}) near
WHERE {" OR ".join(_windows(fresh, on))}
"""


AT_WORK = """AND NOT EXISTS (
          SELECT 1 FROM decision away WHERE away.kind = 'leave' AND away.member_id = duty.member_id
            AND away.from_on <= %(on)s AND (away.until_on IS NULL OR away.until_on >= %(on)s))"""
FIRST_ROUND = "(valid_to IS NULL OR valid_to < since)"
# Of the posts, the decision or the membership that give rise to it, the first.
BY_POST = f"""
  SELECT {{post_day}} AS recorded_on
  FROM members_tenure post JOIN members_unit unit ON unit.id = post.unit_id
  JOIN term ON term.term_id = duty.term_id AND term.kind_id = post.post_kind_id
   AND substr(unit.path, 1, length(term.path)) = term.path
  WHERE post.member_id = duty.member_id AND post.started_on <= %(on)s
    AND (post.ended_on IS NULL OR post.ended_on > %(on)s)
  UNION ALL
  SELECT {{joined_day}} FROM term
  WHERE term.term_id = duty.term_id AND term.kind_id = {EVERYONE}"""
NAMED = f"""
  UNION ALL
  SELECT {{said_day}}
  FROM term JOIN compliance_decision said ON said.requirement_id = term.requirement_id
  WHERE term.term_id = duty.term_id AND term.kind_id = {BY_HAND}
    AND said.kind = 'assignment' AND said.member_id = duty.member_id
    AND NOT said.is_withdrawn AND said.from_on <= %(on)s
    AND NOT EXISTS (SELECT 1 FROM compliance_decision later WHERE later.corrects_id = said.id)"""


def _known(*, decided: bool) -> str:
    reasons = (BY_POST + NAMED if decided else BY_POST).format(
        post_day=civil("post.recorded_at"),
        joined_day=civil("person.joined_at"),
        said_day=civil("said.recorded_at"),
    )
    return f"SELECT MIN(recorded_on) FROM ({reasons}) reasons"


def _told() -> str:
    together = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    return f"""SELECT {together}(sent.code, ',') FROM compliance_reminder sent
        WHERE sent.member_id = near.member_id
          AND sent.requirement_id = (SELECT MIN(requirement_id) FROM term
                                     WHERE term.term_id = near.term_id)
          AND sent.cycle = CASE WHEN near.valid_to >= near.since THEN near.valid_to
                                ELSE near.since END"""


def _windows(fresh: Iterable[int], on: date) -> list[str]:
    """Return a condition for each mail of the plan: that its day was just now."""
    found = []
    for mail in MAILS:
        day = on - timedelta(days=mail.offset)
        if mail.anchor == Anchor.EXPIRES:
            found.append(f"(status = {Status.RENEWAL.value} AND {_just('valid_to', day)})")
        elif mail.anchor == Anchor.DUE:
            found.append(f"(status IN ({TO_DO}) AND {_just('due_on', day)})")
        else:
            known = _just("known_on", on - timedelta(days=UNDO_DAYS))
            new = f"{_just('since', day)} OR {known} OR term_id IN ({_keys(fresh)})"
            found.append(f"(status IN ({TO_DO}) AND {FIRST_ROUND} AND ({new}))")
    return found


def _just(column: str, day: date) -> str:
    first = day - timedelta(days=LATEST_DAYS)
    return f"{column} BETWEEN '{first.isoformat()}' AND '{day.isoformat()}'"


def _keys(terms: Iterable[int]) -> str:
    return ", ".join(str(int(key)) for key in terms) or "NULL"
