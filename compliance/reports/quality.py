"""What the records lack: without it a share up to date says little. Numbers, no names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import Substr

from compliance.duty import sql
from compliance.reports.suppression import SMALLEST
from members.models import Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.duty.people import AsAt
    from compliance.duty.terms import Terms
    from compliance.reports.region import Line

NEVER_SIGNED_IN = """, fresh AS (
  SELECT duty.place, duty.member_id
  FROM duty JOIN members_member person ON person.id = duty.member_id
  WHERE person.first_signed_in_on IS NULL
)
SELECT place, COUNT(DISTINCT member_id) FROM fresh GROUP BY place
UNION ALL SELECT CAST('' AS text), COUNT(DISTINCT member_id) FROM fresh
"""
WITHOUT_EMAIL = (
    "hold a role and have no e-mail address on record",
    "holds a role and has no e-mail address on record",
    "no-email",
)
FRESH = (
    "must be trained and have never signed in",
    "must be trained and has never signed in",
    "never-signed-in",
)
WHOLE = ""  # the place of the unit itself, in which each person counts once


@dataclass(frozen=True)
class Quality:
    """People whom reminders cannot reach or who have never come, by the place of their posts."""

    without_email: Counter[str] = field(default_factory=Counter)
    never_signed_in: Counter[str] = field(default_factory=Counter)


def quality_of(here: Unit, as_at: AsAt, asked: Sequence[Terms]) -> Quality:
    """Return what is known today, in three queries; of other days nothing is."""
    if not as_at.is_today:
        return Quality()
    length = len(here.path) + Unit.steplen
    held = Tenure.objects.current().filter(
        unit__path__startswith=here.path, member__email=None, member__is_active=True
    )
    people = Count("member", distinct=True)
    place = Substr("unit__path", 1, length)
    without = Counter(dict(held.order_by().values_list(place).annotate(people=people)))
    without[WHOLE] = held.aggregate(people=people)["people"]
    scope = sql.Scope(path=here.path, place_length=length)
    never = sql.duties(asked, on=as_at.on, scope=scope, select=NEVER_SIGNED_IN)
    return Quality(without, Counter(dict(never)))


@dataclass(frozen=True)
class Lack:
    """A line of the panel: what is lacking, how often, and what shows where."""

    words: str
    count: int | None  # None: not shown
    show: str  # what the table's filter calls it
    of_one: str = ""


def lacks_of_places(lines: Iterable[Line]) -> list[Lack]:
    """Return the lines about constituency parties."""
    counted = list(lines)
    return [
        Lack("no chair recorded", sum(line.part.without_chair for line in counted), "no-chair"),
        Lack(
            "no secretary recorded",
            sum(line.without_secretary for line in counted),
            "no-secretary",
        ),
        Lack("no change of a role recorded for 90 days", sum(x.stale for x in counted), "stale"),
    ]


def lacks_of_people(found: Quality, here: Unit, *, named: bool) -> list[Lack]:
    """Return the lines about people. Without names they are for the whole party only.

    Those of its regions would tell, by their difference, what is not shown of one.
    """
    if not named and here.kind != Unit.Kind.PARTY:
        return []
    counted = ((WITHOUT_EMAIL, found.without_email), (FRESH, found.never_signed_in))
    return [
        Lack(many, _seen(places[WHOLE], named=named), show, of_one=one)
        for (many, one, show), places in counted
    ]


def _seen(count: int, *, named: bool) -> int | None:
    return count if named or count >= SMALLEST else None
