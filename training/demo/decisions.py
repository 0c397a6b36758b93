"""What the administrator of the demonstration decided about a few people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.decisions.verbs import assign, exempt, extend, record_leave
from compliance.duty.duties import for_member
from compliance.models import Decision
from members.dates import today
from members.models import Member
from training.demo.accounts import HOME_CLP
from training.demo.people import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.duty.duties import Duty
    from compliance.duty.terms import Terms

ASSIGNED = 3


def make_decisions(asked: Iterable[Terms]) -> None:
    """Exempt one person, give one more time, record one leave and assign three, once."""
    if Decision.objects.exists():
        return
    by = Member.objects.get(email="admin@example.org")
    late = _late()
    for member, duty in late:
        facts = {"member": member, "requirement": duty.requirement, "by": by}
        exempt(**facts, reason=Decision.Reason.PROFESSIONAL, reference="File 12")
        break
    for member, duty in late:
        until = today() + timedelta(days=28)
        facts = {"member": member, "requirement": duty.requirement, "by": by}
        extend(**facts, due_on=until, reason=Decision.Reason.ILLNESS)
        break
    for member, _ in late:
        began = today() - timedelta(days=10)
        record_leave(member=member, from_on=began, by=by, reason=Decision.Reason.FAMILY)
        break
    *_, last = asked
    for member in _without_post():
        assign(member=member, requirement=last.requirement, by=by, unit=member.home_unit)


def _late() -> Iterator[tuple[Member, Duty]]:
    """Yield invented post holders of the visitor's CLP who have something to do."""
    people = Member.objects.filter(
        membership_number__startswith=PREFIX, tenures__unit__code__startswith=HOME_CLP
    )
    for member in people.distinct().order_by("pk"):
        for duty in for_member(member):
            if duty.due_on and not duty.is_covered:
                yield member, duty
                break


def _without_post() -> Iterable[Member]:
    home = Member.objects.filter(home_unit__code=HOME_CLP, tenures=None)
    return list(home.filter(membership_number__startswith=PREFIX).order_by("pk")[:ASSIGNED])
