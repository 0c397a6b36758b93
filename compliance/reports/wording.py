"""The sentence at the head of a page: who is up to date, overdue and due, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dateformat import format as written

from compliance.duty.status import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.duty.people import Person
    from compliance.duty.tallies import Tally
    from compliance.reports.region import Shown

ONE = "one person whose role needs training"


def sentence(name: str, tally: Tally, due_by: date | None = None) -> str:
    """Say how a unit's people stand; `due_by` is the day by which all who are in time must be."""
    if not tally.people and tally.exempt:
        return f"No one in {name} has training to do: {beside(tally)}"
    if not tally.people:
        return f"No one in {name} holds a role that needs training."
    if tally.people == 1:
        return _of_one(tally, due_by)
    return " ".join(filter(None, [_up_to_date(tally), _the_others(tally, due_by)]))


def sentence_of_figures(name: str, shown: Shown) -> str:
    """Say how a unit's people stand as far as it may be seen without names."""
    if shown.people is None:
        return f"{name} has too few people for its numbers to be shown without names."
    said = [f"{number(shown.people)} people in {name} hold a role that needs training."]
    if shown.up_to_date is not None:
        said.append(f"{number(shown.up_to_date)} {_verb(shown.up_to_date)} up to date.")
    if shown.overdue is not None:
        said.append(f"{number(shown.overdue)} {_verb(shown.overdue)} overdue.")
    return " ".join(said)


def beside(tally: Tally) -> str:
    """Say how many people are in no rate because they are exempt; never why."""
    if not tally.exempt:
        return ""
    people = "1 person meets" if tally.exempt == 1 else f"{number(tally.exempt)} people meet"
    return f"{people} it by other means."


def due_by(people: Iterable[Person]) -> date | None:
    """Return the day by which all who are still in time must be done; None if nobody is."""
    due = [person.duties[0] for person in people if person.standing == Standing.DUE]
    return max((duty.due_on for duty in due if duty.due_on), default=None)


def _of_one(tally: Tally, due_by: date | None) -> str:
    if tally.up_to_date:
        stands = "is up to date"
    elif tally.run_out:
        stands = "has run out"
    elif tally.overdue:
        stands = "is overdue"
    else:
        stands = f"is {_due(due_by)}"
    who = "training of the one person whose role needs it" if tally.run_out else ONE
    return f"The {who} {stands}."


def _up_to_date(tally: Tally) -> str:
    people, covered = number(tally.people), number(tally.up_to_date)
    if tally.up_to_date == tally.people:
        return f"{'Both' if tally.people == 2 else f'All {people}'} people are up to date."
    if not tally.up_to_date:
        return f"None of {people} people is up to date yet."
    return f"{covered} of {people} people {_verb(tally.up_to_date)} up to date."


def _the_others(tally: Tally, due_by: date | None) -> str:
    said, overdue = [], tally.overdue - tally.run_out
    if overdue:
        said.append(f"{number(overdue)} {_verb(overdue)} overdue")
    if tally.run_out:
        said.append(f"{number(tally.run_out)} {'has' if tally.run_out == 1 else 'have'} run out")
    if tally.due:
        said.append(f"{number(tally.due)} {_verb(tally.due)} {_due(due_by)}")
    return f"{', '.join(said)}." if said else ""


def _due(due_by: date | None) -> str:
    return f"due by {written(due_by, 'j F Y')}" if due_by else "still in time"


def _verb(count: int) -> str:
    return "is" if count == 1 else "are"


def number(count: int) -> str:
    """Write a number with a comma in the thousands."""
    return f"{count:,}"
