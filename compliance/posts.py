"""Posts that need somebody's attention: vacant, or about to end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from members.knowledge import tenures_known
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.people import AsAt, Person
    from members.models import Member

CHAIR = "clp-chair"
LEADING = (CHAIR, "clp-secretary")
NOTICE_DAYS = 60


def vacant(unit: Unit, as_at: AsAt) -> list[PostKind]:
    """Return the leading posts that nobody is recorded in that day. Only CLPs have them."""
    if unit.kind != Unit.Kind.CLP:
        return []
    held = [tenure.post_kind_id for tenure in _leading(Q(unit=unit), as_at)]
    return list(PostKind.objects.filter(code__in=LEADING).exclude(pk__in=held))


def stand_in(unit: Unit, vacant: Sequence[PostKind]) -> str:
    """Say who looks after the page while leading posts are vacant: secretary, then region."""
    codes = {kind.code for kind in vacant}
    if codes.issuperset(LEADING):
        above = unit.get_parent()
        return f"Until somebody is recorded, the officers of {above.name} look after this page."
    if CHAIR in codes:
        return "Until there is a chair, the secretary looks after this page."
    return ""


def without_chair(unit: Unit, as_at: AsAt) -> list[str]:
    """Return the tree paths of the CLPs below this unit for which no chair is recorded that day."""
    where = Q(post_kind__code=CHAIR, unit__path__startswith=unit.path)
    chaired = (
        [tenure.unit_id for tenure in tenures_known(as_at.known_on, on=as_at.on, where=where)]
        if as_at.known_on
        else Tenure.objects.current(on=as_at.on).filter(where).values("unit")
    )
    clps = Unit.objects.filter(kind=Unit.Kind.CLP, path__startswith=unit.path)
    return list(clps.exclude(pk__in=chaired).values_list("path", flat=True))


def ending(people: Iterable[Person], as_at: AsAt) -> list[tuple[Person, Tenure]]:
    """Return the posts of these people that end within sixty days, the next first."""
    last = as_at.on + timedelta(days=NOTICE_DAYS)
    found = [
        (person, tenure)
        for person in people
        for tenure in person.tenures
        if tenure.ended_on and tenure.ended_on <= last
    ]
    return sorted(found, key=lambda pair: (pair[1].ended_on, pair[0].name))


def leads(member: Member, unit: Unit) -> Tenure | None:
    """Return the leading post by which this member oversees exactly this CLP today, if any."""
    held = [
        tenure
        for tenure in member.posts_today
        if tenure.unit_id == unit.pk
        and tenure.post_kind.code in LEADING
        and tenure.post_kind.oversees
    ]
    return min(held, key=lambda tenure: LEADING.index(tenure.post_kind.code), default=None)


def _leading(where: Q, as_at: AsAt) -> list[Tenure]:
    where &= Q(post_kind__code__in=LEADING)
    return tenures_known(as_at.known_on, on=as_at.on, where=where)
