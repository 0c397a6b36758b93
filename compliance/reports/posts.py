"""Posts that need somebody's attention: vacant, or about to end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from members.knowledge import tenures_known
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.duty.people import AsAt, Person
    from members.models import Member

CHAIR = "clp-chair"
SECRETARY = "clp-secretary"
LEADING = (CHAIR, SECRETARY)
NOTICE_DAYS = 60


def vacant(unit: Unit, as_at: AsAt) -> list[PostKind]:
    """Return the leading posts that nobody is recorded in that day. Only CLPs have them."""
    if unit.kind != Unit.Kind.CLP:
        return []
    held = _of_held("post_kind", Q(unit=unit), as_at)
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
    return _without(CHAIR, unit, as_at)


def without_secretary(unit: Unit, as_at: AsAt) -> list[str]:
    """Return the tree paths of the CLPs below this unit without a secretary on record that day."""
    return _without(SECRETARY, unit, as_at)


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


def _without(post: str, unit: Unit, as_at: AsAt) -> list[str]:
    held = _of_held("unit", Q(post_kind__code=post, unit__path__startswith=unit.path), as_at)
    clps = Unit.objects.filter(kind=Unit.Kind.CLP, path__startswith=unit.path)
    return list(clps.exclude(pk__in=held).values_list("path", flat=True))


def _of_held(what: str, where: Q, as_at: AsAt) -> Any:
    """Return this key of the posts held that day: a subquery, or a list for a day of knowledge."""
    if as_at.known_on is None:
        return Tenure.objects.current(on=as_at.on).filter(where).values(what)
    known = tenures_known(as_at.known_on, on=as_at.on, where=where)
    return [getattr(tenure, f"{what}_id") for tenure in known]
