"""What compliance costs in a large party, against counting its members."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from bench.pages import client_for, fetch
from bench.timing import against_count, reading_ms, statements, wall_ms
from compliance.duty import tallies
from compliance.duty.people import AsAt
from compliance.duty.terms import in_force
from compliance.reminders.reminding import to_tell
from compliance.requirements.dry_run import compare
from members.dates import add_period, today
from members.models import Member, Unit
from training.demo.accounts import HOME_CLP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 7  # of what takes a second on SQLite
QUICK_ROUNDS = 25


def measure() -> Iterator[dict[str, Any]]:
    for one in MEASURES:
        yield one()


def whole_party() -> dict[str, Any]:
    """Count the whole party by region, live."""
    return _report("whole-party report", lambda: tallies.parts(_party()))


def two_years_back() -> dict[str, Any]:
    at = AsAt(add_period(today(), years=-2))
    return _report("the same, two years back", lambda: tallies.parts(_party(), as_at=at))


def as_known() -> dict[str, Any]:
    at = AsAt(add_period(today(), years=-2), known_on=today())
    name = "the same, two years back, as known on a day"
    return _report(name, lambda: tallies.parts(_party(), as_at=at))


def clp_page() -> dict[str, Any]:
    act = fetch(client_for("chair@example.org"), f"/compliance/{HOME_CLP}/")
    return _page("one CLP's page, in the database", act)


def my_training() -> dict[str, Any]:
    act = fetch(_client_with_a_record(), "/my-training/")
    return _page("my training, in the database", act)


def dry_run() -> dict[str, Any]:
    """Compare the widest rule with itself for its first posts alone, by region and CLP."""
    term = max(in_force(on=today()), key=lambda term: len(term.kind_ids))
    fewer = replace(term, spans=term.spans[: len(term.spans) // 2])
    return _report("dry run of a change", lambda: compare([term], [fewer], on=today()))


def reminder_run() -> dict[str, Any]:
    """Ask who is to be told what today: the day's run without its mails."""
    return _report("reminder run for a day", lambda: to_tell(on=today()))


# A new measure is a function here.
MEASURES: tuple[Callable[[], dict[str, Any]], ...] = (
    whole_party,
    dry_run,
    reminder_run,
    two_years_back,
    as_known,
    clp_page,
    my_training,
)


def memory_of_export() -> dict[str, Any]:
    """Measure what one file with everybody's standing takes, in a process of its own."""
    run = [sys.executable, "-m", "bench.export"]
    found = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    return {
        "name": "everybody's standing as CSV, peak memory",
        "value": found.pop("peak"),
        "unit": "MB",
        "base": f"the same process before: {found['before']} MB",
        "ratio": found.pop("ratio"),
        **found,
    }


def _report(name: str, act: Callable[[], object]) -> dict[str, Any]:
    return against_count(name, wall_ms(act, ROUNDS), queries=len(statements(act)))


def _page(name: str, act: Callable[[], object]) -> dict[str, Any]:
    act()
    sent = statements(act)
    return against_count(name, reading_ms(sent, QUICK_ROUNDS), queries=len(sent))


def _party() -> Unit:
    return Unit.objects.get(kind=Unit.Kind.PARTY)


def _client_with_a_record() -> Any:
    """Sign in as who has completed the most in the CLP that is measured."""
    people = Member.objects.filter(tenures__unit__code=HOME_CLP, tenures__ended_on=None)
    most = people.annotate(done=Count("completions", distinct=True)).order_by("-done", "pk")
    return client_for(most[0].email)
