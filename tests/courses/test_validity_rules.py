"""The three ways a renewal counts: properties that hold for every rule and every day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.models import CoursePage
from courses.renewal import Cover, Method, Renewal, contradictions
from members.dates import add_period

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2080, 12, 31))
PERIODS = st.fixed_dictionaries(
    {
        "years": st.integers(0, 5),
        "months": st.integers(0, 30),
        "days": st.integers(0, 400),
        "window_days": st.integers(0, 365),
        "method": st.sampled_from([Method.COMPLETION, Method.OLD_EXPIRY]),
    }
).map(lambda facts: Renewal(**facts))
FIXED = st.builds(
    Renewal,
    window_days=st.integers(0, 365),
    method=st.just(Method.FIXED_DATE),
    fixed=st.tuples(st.integers(1, 12), st.integers(1, 31)),
    minimum_months=st.integers(0, 24),
)
RULES = st.one_of(PERIODS, FIXED).filter(lambda rule: not list(contradictions(rule)))
HALF_YEAR = Renewal(months=6, window_days=60)


def done(on: dt.date, cover: Cover) -> SimpleNamespace:
    """Return what a completion of that day keeps of its cover."""
    stamped = {"valid_to": cover.valid_to, "renews_from": cover.renews_from}
    return SimpleNamespace(
        completed_on=on, anchor_on=cover.anchor, periods=cover.periods, **stamped
    )


def renewed(rule: Renewal, first: dt.date, times: int, late: int = 0) -> list[Cover]:
    """Return the covers of somebody who renews `times` times, `late` days after it opens."""
    covers, day = [rule.cover(first)], first
    for _ in range(times):
        before = done(day, covers[-1])
        day = min(before.renews_from + dt.timedelta(days=late), before.valid_to)
        covers.append(rule.cover(day, before=before))
    return covers


@given(RULES, DAYS)
def test_completed_then_renewal_opens_then_it_ends(rule: Renewal, day: dt.date) -> None:
    cover = rule.cover(day)
    if rule.is_for_good:
        assert (cover.valid_to, cover.renews_from) == (None, None)
    else:
        assert day <= cover.renews_from <= cover.valid_to


@given(RULES, DAYS, st.integers(0, 400))
def test_renewing_in_time_never_takes_days_away(rule: Renewal, day: dt.date, late: int) -> None:
    assume(not rule.is_for_good)
    before, after = renewed(rule, day, 1, late)
    assert after.valid_to > before.valid_to


@given(RULES, DAYS, st.integers(0, 400), st.integers(0, 400))
def test_finishing_later_never_ends_sooner(
    rule: Renewal, day: dt.date, first: int, more: int
) -> None:
    """Among those who have nothing yet."""
    assume(not rule.is_for_good)
    early, late = day + dt.timedelta(days=first), day + dt.timedelta(days=first + more)
    # 31 August + 6 months and 1 day is 1 March; 1 September + 6 months and 1 day is 2 March.
    slack = dt.timedelta(days=3 if rule.days else 0)
    assert rule.cover(early).valid_to <= rule.cover(late).valid_to + slack


@given(PERIODS, DAYS, st.integers(1, 8), st.integers(0, 400))
def test_periods_from_the_old_end_never_drift(
    rule: Renewal, day: dt.date, times: int, late: int
) -> None:
    assume(not rule.is_for_good and not list(contradictions(rule)))
    rule = replace(rule, method=Method.OLD_EXPIRY)
    last = renewed(rule, day, times, late)[-1]
    if last.anchor == day:  # else finishing late gave more than the next period
        ends = add_period(
            day,
            years=rule.years * (times + 1),
            months=rule.months * (times + 1),
            days=rule.days * (times + 1),
        )
        assert (last.valid_to, last.periods) == (ends, times + 1)


def test_three_half_years_from_the_end_of_august() -> None:
    ends = [cover.valid_to for cover in renewed(HALF_YEAR, dt.date(2026, 8, 31), 3)]
    assert ends == [
        dt.date(2027, 2, 28),
        dt.date(2027, 8, 31),
        dt.date(2028, 2, 29),
        dt.date(2028, 8, 31),
    ]


def test_leap_day_years_come_back_to_the_leap_day() -> None:
    rule = Renewal(years=1, window_days=30)
    ends = [cover.valid_to for cover in renewed(rule, dt.date(2024, 2, 29), 3)]
    assert ends[:2] == [dt.date(2025, 2, 28), dt.date(2026, 2, 28)]
    assert ends[3] == dt.date(2028, 2, 29)


def test_a_shorter_rule_counts_on_from_the_old_last_day() -> None:
    old = done(dt.date(2026, 3, 1), Renewal(years=2).cover(dt.date(2026, 3, 1)))
    cover = Renewal(years=1).cover(dt.date(2028, 2, 1), before=old)
    assert (cover.valid_to, cover.anchor, cover.periods) == (
        dt.date(2029, 3, 1),
        dt.date(2028, 3, 1),
        1,
    )


def test_from_completion_counts_from_the_day_itself() -> None:
    rule = Renewal(years=2, method=Method.COMPLETION)
    before, after = renewed(rule, dt.date(2026, 3, 1), 1)
    assert after.valid_to == add_period(before.renews_from, years=2)


@pytest.mark.parametrize(
    ("day", "minimum", "ends"),
    [
        (dt.date(2026, 3, 31), 0, dt.date(2026, 3, 31)),
        (dt.date(2026, 4, 1), 0, dt.date(2027, 3, 31)),
        (dt.date(2026, 9, 30), 6, dt.date(2027, 3, 31)),  # 30 March: long enough
        (dt.date(2026, 10, 1), 6, dt.date(2028, 3, 31)),  # 1 April: the next year's
        (dt.date(2026, 1, 31), 18, dt.date(2028, 3, 31)),
    ],
)
def test_the_same_day_for_everybody(day: dt.date, minimum: int, ends: dt.date) -> None:
    rule = Renewal(method=Method.FIXED_DATE, fixed=(3, 31), minimum_months=minimum, window_days=0)
    assert rule.cover(day).valid_to == ends


@given(FIXED, DAYS)
def test_a_fixed_date_gives_at_least_the_minimum(rule: Renewal, day: dt.date) -> None:
    assume(not list(contradictions(rule)))
    ends = rule.cover(day).valid_to
    assert ends >= add_period(day, months=rule.minimum_months)
    assert ends.month == rule.fixed[0]
    assert ends.day == rule.fixed[1] or rule.fixed == (2, 29)
    assert ends < add_period(day, months=rule.minimum_months + 12) + dt.timedelta(days=2)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"validity_months": 3, "renewal_window_days": 90}, "renewal_window_days"),
        ({"validity_days": 90, "renewal_window_days": 90}, "renewal_window_days"),
        ({"renewal_method": "fixed"}, "renewal_fixed_day"),
        ({"renewal_method": "fixed", "renewal_fixed_day": 31}, "renewal_fixed_day"),
        (
            {"renewal_method": "fixed", "renewal_fixed_day": 31, "renewal_fixed_month": 4},
            "renewal_fixed_day",
        ),
        (
            {
                "renewal_method": "fixed",
                "renewal_fixed_day": 31,
                "renewal_fixed_month": 3,
                "validity_years": 1,
            },
            "renewal_method",
        ),
        (
            {
                "renewal_method": "fixed",
                "renewal_fixed_day": 31,
                "renewal_fixed_month": 3,
                "minimum_validity_months": 3,
                "renewal_window_days": 90,
            },
            "minimum_validity_months",
        ),
    ],
)
@pytest.mark.django_db
def test_what_does_not_go_together_is_refused(facts: dict[str, object], field: str) -> None:
    ((place, words),) = contradictions(CoursePage(**facts).renewal)
    assert place == field
    assert words.endswith(".")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "It counts for good."),
        ({"validity_years": 2}, "It counts for 2 years."),
        ({"validity_months": 24}, "It counts for 2 years."),
        (
            {"validity_years": 1, "validity_months": 1, "validity_days": 1},
            "It counts for 1 year, 1 month and 1 day.",
        ),
        (
            {"renewal_method": "fixed", "renewal_fixed_day": 31, "renewal_fixed_month": 3},
            "It counts until the next 31 March.",
        ),
        (
            {
                "renewal_method": "fixed",
                "renewal_fixed_day": 31,
                "renewal_fixed_month": 3,
                "minimum_validity_months": 6,
            },
            "It counts until the next 31 March that is at least 6 months away.",
        ),
    ],
)
@pytest.mark.django_db  # on PostgreSQL a page asks for its content type
def test_learners_read_one_sentence(facts: dict[str, object], sentence: str) -> None:
    assert CoursePage(**facts).counts_for == sentence
