"""Who held what, as it was known on a day: tenures with what stood on record before corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from members.dates import end_of
from members.models import Tenure, TenureHistory

if TYPE_CHECKING:
    from datetime import date


def tenures_known(known_on: date | None, *, on: date, where: Q) -> list[Tenure]:
    """Return the tenures that run on a day, the oldest first, each with person, kind and unit.

    `known_on` is the day of knowledge; None: as known now, in one query. What a correction
    replaced since comes back as a Tenure with the days it had then. Never save one.
    """
    rows = Tenure.objects.with_posts(on=on).filter(where)
    rows = rows.select_related("member", "post_kind", "unit").order_by("started_on", "pk")
    if known_on is None:
        return list(rows)
    before = end_of(known_on)
    later = TenureHistory.objects.filter(tenure_id=OuterRef("pk"), superseded_at__gte=before)
    now = rows.filter(~Exists(later), recorded_at__lt=before)
    then = TenureHistory.objects.filter(
        where,
        Q(ended_on=None) | Q(ended_on__gt=on),
        started_on__lte=on,
        recorded_at__lt=before,
        superseded_at__gte=before,
    ).select_related("member", "post_kind", "unit")
    found = [*now, *(_as_tenure(row) for row in then)]
    return sorted(found, key=lambda tenure: (tenure.started_on, tenure.pk))


def _as_tenure(row: TenureHistory) -> Tenure:
    return Tenure(
        pk=row.tenure_id,
        member=row.member,
        post_kind=row.post_kind,
        unit=row.unit,
        started_on=row.started_on,
        ended_on=row.ended_on,
    )
