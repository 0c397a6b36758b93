"""Anything that can be recorded about three people, in any order, while time passes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.compliance import oracle
from tests.compliance.history import COURSES, KINDS, PEOPLE, RULES, History, Party
from tests.compliance.records import Said

FIRST = dt.date(2024, 2, 29)
# Distances at which something changes, one day either side, and some others.
NEAR = [0, 1, 27, 28, 29, 30, 31, 59, 60, 61, 89, 90, 91, 364, 365, 366, 731]
near = st.sampled_from(sorted({sign * number for number in NEAR for sign in (1, -1)}))
people_, kinds_, courses_ = (st.sampled_from(group) for group in (PEOPLE, KINDS, COURSES))
rules_, units_ = st.sampled_from(RULES), st.integers(0, 5)


class Histories(RuleBasedStateMachine):
    """What happens is written into the database and kept as plain records, side by side."""

    party: Party

    @initialize(
        first=st.integers(0, 400),
        grace=st.sampled_from([0, 30]),
        posts=st.lists(st.tuples(people_, kinds_, units_, st.integers(0, 400)), min_size=2),
        done=st.lists(st.tuples(people_, courses_, st.integers(0, 200), st.booleans())),
    )
    def begin(self, first: int, grace: int, posts: list[Any], done: list[Any]) -> None:
        """People hold posts, a requirement asks them for one of two courses, some are done."""
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.history = History(self.party, FIRST + dt.timedelta(days=first))
        every, either = frozenset(KINDS), frozenset(COURSES)
        self.history.require(0, self.day(-first), kinds=every, courses=either, grace=grace)
        for who, kind, unit, days in posts[:5]:
            self.history.hold(who, kind, unit, self.day(-days), None)
        for who, course, days, is_long in done[:4]:
            self.history.complete(who, course, self.day(-days), 731 if is_long else 365, 90)

    def day(self, distance: int) -> dt.date:
        return self.history.clock + dt.timedelta(days=distance)

    def day_or_none(self, distance: int | None) -> dt.date | None:
        return None if distance is None else self.day(distance)

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
        self.history.publish_major(course, self.day_or_none(until))

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
        due = self.day_or_none(told["due"])
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
