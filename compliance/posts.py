"""Posts that need somebody's attention: vacant, or about to end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from members.dates import today
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.people import Person

CHAIR = "clp-chair"
LEADING = (CHAIR, "clp-secretary")
NOTICE_DAYS = 60


def vacant(unit: Unit) -> list[PostKind]:
    """Return the leading posts that nobody is recorded in today. Only CLPs have them."""
    if unit.kind != Unit.Kind.CLP:
        return []
    held = Tenure.objects.current().filter(unit=unit).values("post_kind")
    return list(PostKind.objects.filter(code__in=LEADING).exclude(pk__in=held))


def without_chair(unit: Unit) -> list[str]:
    """Return the tree paths of the CLPs below this unit for which no chair is recorded today."""
    chaired = Tenure.objects.current().filter(post_kind__code=CHAIR).values("unit")
    clps = Unit.objects.filter(kind=Unit.Kind.CLP, path__startswith=unit.path)
    return list(clps.exclude(pk__in=chaired).values_list("path", flat=True))


def ending(people: Iterable[Person]) -> list[tuple[Person, Tenure]]:
    """Return the posts of these people that end within sixty days, the next first."""
    last = today() + timedelta(days=NOTICE_DAYS)
    found = [
        (person, tenure)
        for person in people
        for tenure in person.tenures
        if tenure.ended_on and tenure.ended_on <= last
    ]
    return sorted(found, key=lambda pair: (pair[1].ended_on, pair[0].name))
