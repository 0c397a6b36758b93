"""Figures at the ends of months: a cache that says what the query says."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from compliance.duty import tallies
from compliance.duty.people import AsAt
from compliance.models import MonthlyFigure
from compliance.reports.remembering import NotOverError, month_ends, remember_month
from tests.courses.factories import CompletionFactory
from tests.members.factories import TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

OCTOBER = dt.date(2026, 10, 31)


def test_months_that_are_over(party: Party) -> None:
    assert month_ends(3) == [dt.date(2026, 8, 31), dt.date(2026, 9, 30), OCTOBER]


def test_every_level_has_what_the_page_of_that_day_says(party: Party) -> None:
    TenureFactory(
        member=party.a.people["covered"], post_kind=party.kinds["councillor"], unit=party.b.branch
    )
    TenureFactory(post_kind=party.kinds["councillor"], unit=party.region)
    remember_month(OCTOBER)
    for unit in (party.root, party.region, party.a.clp, party.b.clp):
        kept = MonthlyFigure.objects.get(unit=unit)
        asked = tallies.tally(unit, as_at=AsAt(OCTOBER))
        found = (kept.people, kept.up_to_date, kept.due, kept.overdue, kept.exempt)
        assert found == (asked.people, asked.up_to_date, asked.due, asked.overdue, asked.exempt)
        assert (kept.percentage, sum(kept.parts)) == (asked.percentage, asked.people)
    assert not MonthlyFigure.objects.filter(unit=party.a.branch).exists()


def test_a_month_computed_anew_has_what_was_recorded_late(party: Party) -> None:
    remember_month(OCTOBER)
    course = party.a.chair.completions.get().course
    CompletionFactory(
        member=party.a.people["overdue"], course=course, completed_on=dt.date(2026, 10, 1)
    )
    remember_month(OCTOBER)
    assert MonthlyFigure.objects.get(unit=party.a.clp).up_to_date == 3


@pytest.mark.parametrize("extra", [0, 10])
def test_a_month_takes_one_query_a_level(
    party: Party, extra: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(extra):
        TenureFactory(
            post_kind=party.kinds["councillor"],
            unit=UnitFactory(parent=party.region),
        )
    # The transaction (2), the terms (3), for each of 3 levels its units and its people, one write.
    with django_assert_num_queries(2 + 3 + 3 * 2 + 1):
        remember_month(OCTOBER)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 30), dt.date(2026, 10, 30)])
def test_only_months_that_are_over(party: Party, day: dt.date) -> None:
    with pytest.raises(NotOverError):
        remember_month(day)


def test_the_command_fills_two_years_and_may_be_run_again(party: Party) -> None:
    for _ in range(2):
        out = io.StringIO()
        call_command("remember_figures", "--months", "3", stdout=out)
        assert "Figures kept: 12" in out.getvalue()
    assert MonthlyFigure.objects.count() == 12


def test_the_command_refuses_no_months() -> None:
    with pytest.raises(CommandError, match="choose 1 to 240"):
        call_command("remember_figures", "--months", "0")
