"""Files with names leave by the house's one door (`members.handing_out`), recorded as ours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from compliance.duty.people import AsAt, ids
from compliance.reports.export import ExportFile
from members import handing_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.people import Person
    from members.handing_out import Stamp
    from members.models import Member, Unit

EXPORTED = "compliance.exported"
exports_left = partial(handing_out.exports_left, action=EXPORTED)
hand_out = partial(handing_out.hand_out, action=EXPORTED)


def export_people(
    *, unit: Unit, people: Sequence[Person], reason: str, by: Member, as_at: AsAt | None = None
) -> ExportFile:
    """Hand out these people as CSV, as the list shows them."""
    at = as_at or AsAt.today()

    def make(stamp: Stamp) -> ExportFile:
        return ExportFile(unit, people, at, **stamp._asdict())

    return hand_out(
        make=make, about=ids(people), unit=unit, reason=reason, by=by, file="list", **at.days
    )
