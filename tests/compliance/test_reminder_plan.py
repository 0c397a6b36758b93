"""The pure rule: which mail of the plan is due on a day, whatever days the machine ran."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.duty.status import Status
from compliance.reminders.plan import CODES, LATEST_DAYS, PLAN, Anchor
from compliance.reminders.reminding import Facts, code_due
from members.dates import FOR_GOOD

DAY = dt.date(2026, 11, 30)
LONG_AGO = dt.date(2026, 1, 1)
OPEN = [Status.OVERDUE, Status.EXPIRED, Status.DUE_SOON, Status.DUE]
FACTS = Facts(Status.DUE, since=LONG_AGO, due_on=DAY, valid_to=None, known_on=LONG_AGO)


def after(number: int, base: dt.date = DAY) -> dt.date:
    return base + dt.timedelta(days=number)


def told(facts: Facts, on: dt.date, wanted: tuple[str, ...] = CODES) -> str | None:
    return code_due(facts, wanted, on=on)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (-15, None),
        (-14, "due-14"),
        (-8, "due-14"),
        (-7, None),
        (-3, "due-3"),
        (0, "due-3"),
        (1, "overdue+1"),
        (7, "overdue+1"),
        (8, None),
        (14, "overdue+14"),
        (20, "overdue+14"),
        (21, None),
        (400, None),
    ],
)
def test_the_days_of_somebody_who_does_nothing(number: int, code: str | None) -> None:
    status = Status.DUE_SOON if number <= 0 else Status.OVERDUE
    assert told(replace(FACTS, status=status), after(number)) == code


@pytest.mark.parametrize(
    ("number", "code"), [(-61, None), (-60, "renew-60"), (-53, None), (-14, "renew-14"), (0, None)]
)
def test_the_days_of_a_renewal(number: int, code: str | None) -> None:
    facts = replace(FACTS, status=Status.RENEWAL, valid_to=DAY)
    assert told(facts, after(number)) == code


def test_a_duty_is_told_when_it_begins_and_only_in_its_first_round() -> None:
    facts = replace(FACTS, since=after(-40))
    assert told(facts, after(-41)) is None
    assert told(facts, after(-40)) == "assigned"
    assert told(replace(facts, valid_to=after(-39)), after(-38)) is None


def test_nobody_is_told_before_it_could_be_taken_back() -> None:
    facts = replace(FACTS, known_on=after(-14))
    assert [told(facts, after(number)) for number in range(-14, -10)] == [
        None,
        None,
        "assigned",
        "assigned",
    ]


def test_of_several_only_the_latest_is_sent() -> None:
    facts = replace(FACTS, since=after(-4), known_on=after(-20))
    assert told(facts, after(-3)) == "due-3"
    assert told(replace(facts, told={"due-3"}), after(-3)) is None  # not the older one instead


def test_who_must_sign_in_first_is_told_once() -> None:
    facts = replace(FACTS, since=after(-4), due_on=FOR_GOOD)
    assert told(facts, after(-4)) == "assigned"
    assert told(facts, after(14)) is None


def test_only_what_the_version_wants() -> None:
    assert told(FACTS, after(-14), ()) is None
    assert told(FACTS, after(-14), ("due-3",)) is None


DAYS = st.integers(-90, 90)
KNOWN = st.integers(-200, 60)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    status = draw(st.sampled_from(Status))
    return Facts(
        status=status,
        since=after(draw(DAYS)),
        due_on=draw(st.one_of(DAYS.map(after), st.just(FOR_GOOD))),
        valid_to=after(draw(DAYS)) if status == Status.RENEWAL else None,
        known_on=after(draw(KNOWN)),
    )


@given(facts(), st.lists(st.integers(-100, 120)), st.sets(st.sampled_from(CODES)))
def test_whatever_days_it_runs_each_is_told_once(
    facts: Facts, days: list[int], wanted: set[str]
) -> None:
    sent: list[str] = []
    for number in days:  # in any order, the same day twice
        code = code_due(replace(facts, told=sent), wanted, on=after(number))
        if code:
            assert facts.status.is_open
            assert code in wanted
            assert (PLAN[code].anchor == Anchor.EXPIRES) == (facts.status == Status.RENEWAL)
            sent.append(code)
    assert len(sent) == len(set(sent))


@given(facts(), st.integers(-100, 120))
def test_it_leaves_on_its_day_or_a_few_days_later(facts: Facts, number: int) -> None:
    """Running every day up to one misses nothing, running from then on misses nothing newer."""
    on, sent, first = after(number), [], {}
    for day in (after(n, on) for n in range(-LATEST_DAYS, LATEST_DAYS + 1)):
        code = code_due(replace(facts, told=sent), CODES, on=day)
        if code:
            sent.append(code)
            first[code] = day
    for code in CODES:
        anchor = facts.anchor(PLAN[code].anchor)
        if not (facts.status.is_open and anchor):
            assert code not in sent
            continue
        day = PLAN[code].day(anchor)
        newer = any(
            (other := facts.anchor(PLAN[name].anchor)) and day <= PLAN[name].day(other) <= on
            for name in CODES
            if name != code
        )
        in_time = day >= on - dt.timedelta(days=LATEST_DAYS) and day <= on
        if in_time and day >= facts.may_be_told_on and not newer:
            assert first[code] == day
