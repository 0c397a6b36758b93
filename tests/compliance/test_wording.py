"""The sentence is right in the singular, in the plural, and when there is nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from compliance.duty.status import Standing
from compliance.duty.tallies import Tally
from compliance.reports.wording import sentence
from compliance.requirements.admin_forms import renewal
from courses.models import CoursePage

pytestmark = pytest.mark.django_db  # on PostgreSQL a page asks for its content type

DAY = dt.date(2026, 11, 30)


def tally(up: int = 0, renew: int = 0, due: int = 0, overdue: int = 0) -> Tally:
    return Tally(Counter(dict(zip(Standing, (up, renew, due, overdue, 0), strict=True))))


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (tally(), "No one in Barry holds a role that needs training."),
        (
            tally(up=12, renew=2, due=2, overdue=3),
            "14 of 19 people are up to date. 3 are overdue, 2 are due by 30 November 2026.",
        ),
        (
            tally(up=1, due=1, overdue=1),
            "1 of 3 people is up to date. 1 is overdue, 1 is due by 30 November 2026.",
        ),
        (tally(up=2), "Both people are up to date."),
        (tally(up=4, renew=1), "All 5 people are up to date."),
        (tally(overdue=3), "None of 3 people is up to date yet. 3 are overdue."),
        (tally(up=1_276, overdue=824), "1,276 of 2,100 people are up to date. 824 are overdue."),
        (tally(up=1), "The one person whose role needs training is up to date."),
        (tally(renew=1), "The one person whose role needs training is up to date."),
        (tally(overdue=1), "The one person whose role needs training is overdue."),
        (tally(due=1), "The one person whose role needs training is due by 30 November 2026."),
    ],
)
def test_sentence(counted: Tally, words: str) -> None:
    assert sentence("Barry", counted, DAY) == words


def test_without_a_day_people_are_still_in_time() -> None:
    assert sentence("Barry", tally(up=1, due=2)).endswith("2 are still in time.")


def test_a_hundred_per_cent_is_everybody() -> None:
    assert tally(up=999, overdue=1).percentage == 99
    assert tally(up=1000).percentage == 100
    assert tally().percentage == 0


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (None, "done once, counts for good"),
        (1, "renewed every month"),
        (12, "renewed every year"),
        (18, "renewed after 1 year and 6 months"),
        (24, "renewed every 2 years"),
    ],
)
def test_renewal(months: int | None, words: str) -> None:
    assert renewal(CoursePage(validity_months=months)) == words
