"""The query and a naive second implementation agree on random histories, to the day."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from compliance.duty import duties, people, sql, tallies, terms
from compliance.duty.people import AsAt
from compliance.duty.status import STANDINGS, Status
from tests.compliance import oracle
from tests.compliance.history import Party
from tests.compliance.machine import Histories, near, units_
from tests.compliance.records import Done

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
BY_NAME = "SELECT member_id, term_id, status, due_on FROM duty"
COUNTS = ("COVERED", "RENEWAL")


class SecondOpinion(Histories):
    """Looks, now and then and at the end, whether both say the same."""

    @rule(on=near, unit=units_, known=st.none() | near)
    def look(self, on: int, unit: int, known: int | None) -> None:
        self.check(self.day(on), self.party.units[unit], self.day_or_none(known))

    def check(self, on: dt.date, unit: Any, known: dt.date | None) -> None:
        """Compare what a unit's page would say of that day, as known on another."""
        world = self.history.world.as_known(known or dt.date.max)
        expected = oracle.duties(world, on, scope=unit.path)
        as_at = AsAt(on, known)
        asked = terms.in_force(on=on, known_on=known)
        found = people.people_of(unit, as_at=as_at, asked=asked)
        assert {
            (self.party.number[person.member.pk], rule_number(duty)): (
                duty.status.name,
                duty.due_on,
            )
            for person in found
            for duty in person.duties
        } == expected
        assert tallies.tally(unit, as_at=as_at, asked=asked).by_standing == worst(expected)
        assert tallies.tally_of(found).by_standing == worst(expected)

    def teardown(self) -> None:
        if not hasattr(self, "history"):
            return
        try:
            self.check_everybody()
            self.check_what_always_holds()
            self.check(self.history.clock, self.party.units[0], None)
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def check_everybody(self) -> None:
        """All at once and person by person, with what only the person and the office may see."""
        on = self.history.clock
        expected = oracle.duties(self.history.world.as_known(dt.date.max), on, everyone=True)
        asked = terms.in_force(on=on)
        rows = sql.duties(asked, on=on, scope=sql.Scope(everyone=True), select=BY_NAME)
        assert {
            (self.party.number[row[0]], rule_number(asked[row[1]])): Status(row[2]).name
            for row in rows
        } == {key: status for key, (status, _) in expected.items()}
        for number, member in enumerate(self.party.members):
            assert {
                (number, rule_number(duty)): (duty.status.name, duty.due_on)
                for duty in duties.for_member(member, on=on, asked=asked)
            } == {key: stands for key, stands in expected.items() if key[0] == number}

    def check_what_always_holds(self) -> None:
        """What is true of every history; the query says the same as this reading of it."""
        on, world = self.history.clock, self.history.world.as_known(dt.date.max)
        before = oracle.duties(world, on, everyone=True)
        latest = max((major.number for major in world.majors), default=1)
        award = Done(-1, 0, 0, on, on + dt.timedelta(days=365), on, latest, on)
        for key, (status, due) in oracle.duties(
            replace(world, done=[*world.done, award]), on, everyone=True
        ).items():
            assert status in COUNTS or before[key][0] not in COUNTS, "an award takes no cover away"
            assert later(due) >= later(before[key][1]) or status == "EXEMPT"
        if any(said.kind == "leave" for said in world.said):
            return  # the days it gives back depend on since when the time runs
        fewer = replace(world, posts=world.posts[1:])
        for key, (_, due) in oracle.duties(fewer, on, everyone=True).items():
            assert later(due) >= later(before[key][1]), "one reason fewer is never due earlier"


def later(due: dt.date | None) -> dt.date:
    return due or dt.date.max


def rule_number(asked: Any) -> int:
    return int(asked.requirement.title.removeprefix("Rule "))


def worst(expected: dict) -> Counter:
    """Count people by the most urgent of their duties."""
    of_person: dict[int, Status] = {}
    for (member, _), (name, _due) in expected.items():
        of_person[member] = min(of_person.get(member, Status.EXEMPT), Status[name])
    return Counter(STANDINGS[status] for status in of_person.values())


def test_query_and_oracle_agree() -> None:
    SecondOpinion.party = Party()
    run_state_machine_as_test(
        SecondOpinion,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
