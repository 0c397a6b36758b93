"""What stood on record before a post was corrected can be asked for, however it was corrected."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import Q

from members.actions import save_tenure
from members.append_only import erasure_window
from members.knowledge import tenures_known
from members.models import Tenure, TenureHistory
from tests.members.factories import MemberFactory, TenureFactory

pytestmark = pytest.mark.django_db

FIRST, SECOND = (
    dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 28, 23, 30, tzinfo=dt.UTC),
)
BEGAN, CORRECTED = dt.date(2026, 2, 1), dt.date(2026, 2, 15)


@pytest.fixture
def tenure() -> Tenure:
    return TenureFactory(started_on=BEGAN, recorded_at=FIRST)


def correct(tenure: Tenure) -> None:
    tenure.started_on = CORRECTED
    with time_machine.travel(SECOND, tick=False):
        save_tenure(tenure=tenure, by=MemberFactory())


def known(tenure: Tenure, day: dt.date | None) -> list[dt.date]:
    on = dt.date(2026, 3, 1)
    found = tenures_known(day, on=on, where=Q(member=tenure.member_id))
    return [one.started_on for one in found]


def test_a_corrected_post_is_known_as_it_stood_on_each_day(tenure: Tenure) -> None:
    correct(tenure)
    assert known(tenure, dt.date(2026, 2, 28)) == []
    assert known(tenure, dt.date(2026, 3, 1)) == [BEGAN]
    assert known(tenure, dt.date(2026, 3, 27)) == [BEGAN]
    assert known(tenure, dt.date(2026, 3, 28)) == [CORRECTED], "half past eleven, in winter time"
    assert known(tenure, None) == [CORRECTED]


def test_many_rows_changed_at_once_leave_their_history_too(tenure: Tenure) -> None:
    Tenure.objects.update(ended_on=dt.date(2026, 2, 20))
    old = TenureHistory.objects.get()
    assert (old.tenure_id, old.started_on, old.ended_on) == (tenure.pk, BEGAN, None)
    assert old.superseded_at > FIRST
    assert known(tenure, dt.date(2026, 3, 1)) == [BEGAN]
    assert known(tenure, None) == []


def test_a_deleted_post_was_known(tenure: Tenure) -> None:
    tenure.delete()
    assert TenureHistory.objects.count() == 1
    assert known(tenure, None) == []


def test_what_is_saved_again_was_known_all_along(tenure: Tenure) -> None:
    save_tenure(tenure=tenure, by=MemberFactory())
    assert known(tenure, dt.date(2026, 3, 1)) == known(tenure, None) == [BEGAN]


def test_history_is_not_rewritten(tenure: Tenure) -> None:
    correct(tenure)
    with pytest.raises(DatabaseError), transaction.atomic():
        TenureHistory.objects.update(started_on=CORRECTED)


def test_erasing_leaves_no_trace(tenure: Tenure) -> None:
    with erasure_window():
        tenure.delete()
    assert not TenureHistory.objects.exists()
