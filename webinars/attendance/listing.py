"""What a report says and whom we take its people for, as plain data to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.models import Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from members.models import Member
    from webinars.attendance.matching import Matched
    from webinars.attendance.reading import Problem, Report

State = Visitor.State


def listed(
    report: Report, matched: Sequence[Matched], *, starts_at: datetime, ends_at: datetime
) -> dict[str, Any]:
    """Return a report with its people: `people` are all who attended, the doubtful and the
    unmatched among them once more by themselves; `ignored` are hosts and panellists.

    Seconds count within the session, and are None where nobody can tell.
    """
    rows = [(one.state, _person(one, starts_at, ends_at)) for one in matched]
    of_state = {state: [row for its, row in rows if its == state] for state in State}
    return {
        "layout": report.layout,
        "people": [row for state, row in rows if state != State.IGNORED],
        "doubtful": of_state[State.DOUBTFUL],
        "unmatched": of_state[State.UNMATCHED],
        "ignored": of_state[State.IGNORED],
        "errors": problems(report.errors),
        "notes": problems(report.notes),
    }


def refused(reason: str) -> dict[str, Any]:
    """Return the same for a file that cannot be used."""
    lists = dict.fromkeys(("people", "doubtful", "unmatched", "ignored"), ())
    return {"layout": None, **lists, "errors": [{"row": None, "reason": reason}], "notes": ()}


def problems(found: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return what is to be said about rows."""
    return [{"row": problem.row, "reason": problem.reason} for problem in found]


def _person(one: Matched, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    person = one.person
    said = {
        "row": person.row,
        "name": person.name,
        "email": person.email,
        "seconds": person.present(starts_at=starts_at, ends_at=ends_at),
        "seconds_in_file": person.in_file(),
        "match": one.member and _address(one.member),
        "confidence": one.confidence,
    }
    if one.state == State.IGNORED:
        return said | {"why": one.reason}
    suggestions = [{"name": str(it), "match": _address(it)} for it in one.suggestions]
    return said | {"reason": one.reason, "suggestions": suggestions}


def _address(member: Member) -> str | None:
    return member.email or member.membership_number
