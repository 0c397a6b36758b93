"""The query and a naive second implementation agree on random histories, to the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance import duties, people, tallies
from compliance.models import Requirement
from compliance.status import STANDINGS, Status
from courses.models import Completion
from members.models import Tenure
from tests.compliance import oracle
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, UnitFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 29)  # the clocks go forward that night
PEOPLE, KINDS, COURSES = range(3), range(2), range(2)
WINDOWS = {0: 90, 1: 0}
# Distances at which something changes, one day either side, and some others.
NEAR = [0, 1, 29, 30, 31, 59, 60, 61, 89, 90, 91, 364, 365, 366, 730, 1000]
days_ago = st.sampled_from(NEAR).map(lambda n: TODAY - dt.timedelta(days=n))
around = st.builds(
    lambda n, sign: TODAY + dt.timedelta(days=n * sign),
    st.sampled_from(NEAR),
    st.sampled_from([1, -1]),
)


class Party:
    """The fixed things histories are about: made once, told apart by number."""

    def __init__(self) -> None:
        party = UnitFactory(party=True)
        north, south = (UnitFactory(parent=party, region=True) for _ in range(2))
        self.units = [party, north, UnitFactory(parent=north), south, UnitFactory(parent=south)]
        self.units[2:2] = [UnitFactory(parent=self.units[2], branch=True)]
        self.members = [MemberFactory() for _ in PEOPLE]
        self.kinds = [PostKindFactory() for _ in KINDS]
        self.courses = [CourseFactory(renewal_window_days=WINDOWS[n]) for n in COURSES]
        self.paths = [unit.path for unit in self.units]
        self.number = {member.pk: n for n, member in enumerate(self.members)}


@pytest.fixture
def party(db: None) -> Party:
    return Party()


units = st.integers(0, 5)
rules = st.lists(
    st.tuples(
        around,
        st.sampled_from([0, 1, 30, 60]),
        st.sets(st.sampled_from(KINDS), min_size=1),
        st.sets(st.sampled_from(COURSES), min_size=1),
        st.none() | units,
        st.none() | around,
    ),
    min_size=1,
    max_size=3,
)
posts = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(KINDS), units, days_ago, st.none() | around),
    min_size=1,
    max_size=7,
)
ends = st.sampled_from([-400, -31, -1, 0, 1, 89, 90, 91, 800]).map(
    lambda n: TODAY + dt.timedelta(days=n)
)
completions = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(COURSES), days_ago | around, st.none() | ends
    ),
    max_size=6,
)


def tell(party: Party, rules_: list, posts_: list, done_: list) -> tuple[list, list, list]:
    """Write a history into the database and return the same history as lists."""
    told_rules, told_posts, told_done, open_posts = [], [], [], set()
    for n, (start, grace, kinds, courses, unit, archived) in enumerate(rules_):
        noon = archived and dt.datetime.combine(archived, dt.time(0, 30), ZoneInfo("Europe/London"))
        row = Requirement.objects.create(
            title=f"Rule {n}",
            applies_from=start,
            grace_days=grace,
            unit=None if unit is None else party.units[unit],
            archived_at=noon,
        )
        row.post_kinds.set([party.kinds[kind] for kind in kinds])
        row.courses.set([party.courses[course] for course in courses])
        path = "" if unit is None else party.paths[unit]
        told_rules.append(
            oracle.Rule(start, grace, frozenset(kinds), frozenset(courses), path, archived)
        )
    for who, kind, unit, start, end in posts_:
        if (end and end <= start) or (end is None and (who, kind, unit) in open_posts):
            continue
        open_posts |= {(who, kind, unit)} if end is None else set()
        Tenure.objects.create(
            member=party.members[who],
            post_kind=party.kinds[kind],
            unit=party.units[unit],
            started_on=start,
            ended_on=end,
        )
        told_posts.append(oracle.Post(who, kind, party.paths[unit], start, end))
    for who, course, on, valid_to in done_:
        if valid_to and valid_to < on:
            continue
        Completion.objects.create(
            member=party.members[who],
            course=party.courses[course],
            course_title="Course",
            completed_on=on,
            valid_to=valid_to,
            recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )
        told_done.append(oracle.Done(who, course, on, valid_to))
    return told_rules, told_posts, told_done


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rules_=rules, posts_=posts, done_=completions)
def test_query_and_oracle_agree(party: Party, rules_: list, posts_: list, done_: list) -> None:
    history = transaction.atomic()
    history.__enter__()
    try:
        told = tell(party, rules_, posts_, done_)
        for unit in party.units:
            check_unit(party, told, unit)
        check_each_member(party, told)
    finally:
        transaction.set_rollback(True)
        history.__exit__(None, None, None)


def check_unit(party: Party, told: tuple, unit: object) -> None:
    expected = oracle.duties(*told, WINDOWS, TODAY, scope=unit.path)
    found = people.people_of(unit, on=TODAY)
    assert {
        (party.number[person.member.pk], rule_number(duty)): (duty.status.name, duty.due_on)
        for person in found
        for duty in person.duties
    } == expected
    standings = worst(expected)
    assert tallies.tally(unit, on=TODAY).by_standing == standings
    assert tallies.tally_of(found).by_standing == standings
    for part in tallies.parts(unit, on=TODAY):
        if not part.is_itself:
            below = oracle.duties(*told, WINDOWS, TODAY, scope=part.unit.path)
            assert part.tally.by_standing == worst(below)


def check_each_member(party: Party, told: tuple) -> None:
    expected = oracle.duties(*told, WINDOWS, TODAY)
    for number, member in enumerate(party.members):
        assert {
            (number, rule_number(duty)): (duty.status.name, duty.due_on)
            for duty in duties.for_member(member, on=TODAY)
        } == {key: stands for key, stands in expected.items() if key[0] == number}


def rule_number(duty: duties.Duty) -> int:
    return int(duty.requirement.title.removeprefix("Rule "))


def worst(expected: dict) -> Counter:
    """Count people by the most urgent of their duties."""
    of_person: dict[int, Status] = {}
    for (member, _), (name, _due) in expected.items():
        of_person[member] = min(of_person.get(member, Status.COVERED), Status[name])
    return Counter(STANDINGS[status] for status in of_person.values())
