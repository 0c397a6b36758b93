"""The query and a naive second implementation agree on random histories, to the day."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from compliance import duties, people, sql, tallies, terms
from compliance.people import AsAt
from compliance.status import STANDINGS, Status
from tests.compliance import oracle
from tests.compliance.history import COURSES, KINDS, PEOPLE, RULES, History, Party
from tests.compliance.records import Said

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
FIRST = dt.date(2024, 2, 29)
# Distances at which something changes, one day either side, and some others.
NEAR = [0, 1, 27, 28, 29, 30, 31, 59, 60, 61, 89, 90, 91, 364, 365, 366, 731]
near = st.sampled_from(sorted({sign * number for number in NEAR for sign in (1, -1)}))
people_, kinds_, courses_ = (st.sampled_from(group) for group in (PEOPLE, KINDS, COURSES))
rules_, units_ = st.sampled_from(RULES), st.integers(0, 5)
BY_NAME = "SELECT member_id, term_id, status, due_on FROM duty"


class Histories(RuleBasedStateMachine):
    """Anything that can be recorded about three people, in any order, while time passes."""

    party: Party

    @initialize(
        first=st.integers(0, 400), grace=st.sampled_from([0, 30]), kinds=st.sets(kinds_, min_size=1)
    )
    def begin(self, first: int, grace: int, kinds: set[int]) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.history = History(self.party, FIRST + dt.timedelta(days=first))
        self.history.require(
            0, self.day(-first), kinds=frozenset(kinds), courses=frozenset({0}), grace=grace
        )

    def day(self, distance: int) -> dt.date:
        return self.history.clock + dt.timedelta(days=distance)

    @rule(days=st.sampled_from([number for number in NEAR if number]))
    def time_passes(self, days: int) -> None:
        self.history.clock += dt.timedelta(days=days)

    @rule(
        number=rules_,
        effective=near,
        kinds=st.sets(kinds_, min_size=1),
        courses=st.sets(courses_, min_size=1),
        unit=st.none() | units_,
        grace=st.sampled_from([0, 1, 30, 60]),
        everyone=st.booleans(),
        anchor=st.sampled_from(["start", "start", "fixed", "sign-in"]),
        fixed=near,
    )
    def require(self, number: int, effective: int, fixed: int, **told: Any) -> None:
        for name in ("kinds", "courses"):
            told[name] = frozenset(told[name])
        fixed_on = self.day(fixed) if told["anchor"] == "fixed" else None
        self.history.require(number, self.day(effective), fixed=fixed_on, **told)

    @rule(number=rules_, effective=near)
    def archive(self, number: int, effective: int) -> None:
        if any(one.rule == number for one in self.history.world.versions):
            self.history.require(number, self.day(effective), withdrawn=True)

    @rule(who=people_, kind=kinds_, unit=units_, start=near, end=st.none() | near)
    def hold(self, who: int, kind: int, unit: int, start: int, end: int | None) -> None:
        last = None if end is None else self.day(start + abs(end))
        self.history.hold(who, kind, unit, self.day(start), last)

    @precondition(lambda self: self.history.tenures)
    @rule(data=st.data(), gap=st.sampled_from([0, 1, 27, 28, 29, 60]))
    def retake(self, data: st.DataObject, gap: int) -> None:
        post = data.draw(st.sampled_from(self.history.world.posts))
        unit = self.history.party.units.index(self.unit_of(post.unit))
        if post.end:
            again = post.end + dt.timedelta(days=gap)
            self.history.hold(post.member, post.kind, unit, again, None)

    def unit_of(self, path: str) -> Any:
        return next(unit for unit in self.party.units if unit.path == path)

    @precondition(lambda self: self.history.tenures)
    @rule(data=st.data(), start=near, end=st.none() | near)
    def correct_post(self, data: st.DataObject, start: int, end: int | None) -> None:
        number = data.draw(st.integers(0, len(self.history.tenures) - 1))
        last = None if end is None else self.day(end)
        self.history.correct_post(number, self.day(start), last)

    @rule(
        who=people_,
        course=courses_,
        on=near,
        days=st.none() | st.sampled_from([0, 1, 90, 365, 731]),
        window=st.sampled_from([0, 1, 90]),
    )
    def complete(self, who: int, course: int, on: int, days: int | None, window: int) -> None:
        self.history.complete(who, course, self.day(on), days, window)

    @precondition(lambda self: self.history.completions)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        self.history.revoke(data.draw(st.integers(0, len(self.history.completions) - 1)))

    @rule(course=courses_, until=st.none() | near)
    def publish_major(self, course: int, until: int | None) -> None:
        self.history.publish_major(course, until and self.day(until))

    @rule(
        kind=st.sampled_from(["assignment", "exemption", "extension", "leave"]),
        who=people_,
        number=st.none() | rules_,
        begins=near,
        until=st.none() | near,
        due=st.none() | near,
        unit=st.none() | units_,
    )
    def decide(self, kind: str, who: int, number: int | None, **told: Any) -> None:
        begins = self.day(told["begins"])
        until = None if told["until"] is None else begins + dt.timedelta(days=abs(told["until"]))
        due = None if told["due"] is None else self.day(told["due"])
        if kind == "leave":
            number, due = None, None
            if self.is_away(who, begins, until):
                return
        if (kind == "assignment" and number is None) or (kind == "extension" and due is None):
            return
        said = Said(0, kind, who, begins, begins, until, number, due=due)
        self.history.say(said, told["unit"] if kind == "assignment" else None)

    def is_away(self, who: int, begins: dt.date, until: dt.date | None) -> bool:
        # Leave never overlaps, not even among what was corrected: also as it was known then.
        return any(
            one.kind == "leave"
            and one.member == who
            and one.begins <= (until or dt.date.max)
            and begins <= (one.until or dt.date.max)
            for one in self.history.world.said
        )

    @precondition(lambda self: self.history.decisions)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        said = data.draw(st.sampled_from(oracle.standing(self.history.world) or [None]))
        if said is not None:
            self.history.say(
                Said(
                    0,
                    said.kind,
                    said.member,
                    said.begins,
                    said.begins,
                    said.until,
                    said.rule,
                    due=said.due,
                    corrects=said.number,
                    withdrawn=True,
                )
            )

    @rule(on=near, unit=units_, known=st.none() | near)
    def look(self, on: int, unit: int, known: int | None) -> None:
        self.check(self.day(on), self.party.units[unit], known and self.day(known))

    def check(self, on: dt.date, unit: Any, known: dt.date | None) -> None:
        """Compare what a unit's page would say of that day, as known on another."""
        world = self.history.world.as_known(known or dt.date.max)
        expected = oracle.duties(world, on, scope=unit.path)
        as_at = AsAt(on, known)
        found = people.people_of(unit, as_at=as_at)
        assert {
            (self.party.number[person.member.pk], rule_number(duty)): (
                duty.status.name,
                duty.due_on,
            )
            for person in found
            for duty in person.duties
        } == expected
        assert tallies.tally(unit, as_at=as_at).by_standing == worst(expected)
        assert tallies.tally_of(found).by_standing == worst(expected)

    def teardown(self) -> None:
        if not hasattr(self, "history"):
            return
        try:
            self.check_everybody()
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
                for duty in duties.for_member(member, on=on)
            } == {key: stands for key, stands in expected.items() if key[0] == number}


def rule_number(asked: Any) -> int:
    return int(asked.requirement.title.removeprefix("Rule "))


def worst(expected: dict) -> Counter:
    """Count people by the most urgent of their duties."""
    of_person: dict[int, Status] = {}
    for (member, _), (name, _due) in expected.items():
        of_person[member] = min(of_person.get(member, Status.EXEMPT), Status[name])
    return Counter(STANDINGS[status] for status in of_person.values())


def test_query_and_oracle_agree() -> None:
    Histories.party = Party()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
