"""Two at the same moment: three files a day stay three, and one return is signed.

The last test takes the lock away and must see the race; else the tests above prove nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.duty.people import AsAt
from compliance.models import SignedReturn
from compliance.reports import returns
from compliance.reports.figures import Figures, figures_of
from compliance.reports.handing_out import export_people, exports_left
from compliance.reports.quarters import Quarter
from members import handing_out
from members.handing_out import EXPORTS_A_DAY, EnoughFilesError
from members.models import AuditEvent, Member
from tests.compliance.factories import RequirementFactory
from tests.crowds import failures, shows
from tests.members.factories import TenureFactory

if TYPE_CHECKING:
    from members.models import Unit

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

CROWD = 8


def take(unit: Unit, by: Member) -> None:
    export_people(unit=unit, people=[], reason="meeting", by=by)


def test_eight_at_once_take_three_files() -> None:
    tenure = TenureFactory(chair=True)
    failed = failures(*[lambda: take(tenure.unit, tenure.member)] * CROWD)
    assert {type(error) for error in failed} == {EnoughFilesError}
    assert len(failed) == CROWD - EXPORTS_A_DAY
    assert AuditEvent.objects.filter(action="compliance.exported").count() == EXPORTS_A_DAY


def test_without_the_lock_more_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same verb, but it counts without waiting its turn."""

    def race() -> bool:
        tenure = TenureFactory(chair=True)
        failures(*[lambda: take(tenure.unit, tenure.member)] * CROWD)
        made = AuditEvent.objects.filter(action="compliance.exported", actor=tenure.member)
        return made.count() > EXPORTS_A_DAY

    monkeypatch.setattr(handing_out, "lock", lambda member: None)
    assert shows(race)


def test_chair_and_secretary_at_once_sign_one_return() -> None:
    chair = TenureFactory(chair=True)
    secretary = TenureFactory(
        post_kind__code="clp-secretary", post_kind__oversight="unit", unit=chair.unit
    )
    RequirementFactory(post_kinds=[chair.post_kind])
    quarter = Quarter.last_over()
    seen = returns.seen(chair.unit, quarter, Figures(figures_of(chair.unit, AsAt(quarter.last))))

    def sign(by: Member) -> None:
        returns.sign_return(unit=chair.unit, quarter=quarter, what=seen, by=by)

    failed = failures(lambda: sign(chair.member), lambda: sign(secretary.member))
    assert [type(error) for error in failed] == [returns.SignedMeanwhileError]
    assert SignedReturn.objects.get().number == 1
    assert exports_left(chair.member) == EXPORTS_A_DAY
