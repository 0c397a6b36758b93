"""Counting who booked and who came, of now and of what was kept after a year.

What is asked for is a set of sessions and what to count by. While attendance is there it is
counted in the database; when it was forgotten (`webinars.forgetting`) its figures were kept, and
are added. A session has the one or the other, so nothing jumps on that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal, cast

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Substr, TruncDate

from members.models import Unit
from webinars.models import Attendance, Booking, SessionFigure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from django.db.models import QuerySet

    from webinars.models import Session

    By: TypeAlias = Literal["session", "region", "post"]
    Key: TypeAlias = tuple[int | None, ...]
    Counted: TypeAlias = dict[Key, Counter[str]]

REGION_DEPTH = 2  # party, nation or region
NUMBERS = ("booked", *Attendance.Outcome.values)  # as SessionFigure names them

LIVE = {"session": "session_id", "region": "region", "post": "member__tenures__post_kind_id"}
KEPT = {"session": "session_id", "region": "region_id", "post": "post_kind_id"}


def counted(sessions: QuerySet[Session], *by: By) -> Counted:
    """Return the numbers of these sessions by session, region and post, as asked: four queries.

    Regions are those of people's home units today. Posts are those held on the session's day:
    somebody with two is counted at both, somebody with none at neither.
    """
    found: Counted = defaultdict(Counter)
    for key, name, people in [*live(sessions, *by), *_kept(sessions, *by)]:
        found[key][name] += people
    return found


def live(sessions: QuerySet[Session], *by: By) -> Iterator[tuple[Key, str, int]]:
    """Yield the numbers of what is still there."""
    mine: dict[str, Any] = {"session__in": sessions.order_by().values("pk")}
    regions = _regions() if "region" in by else {}
    bookings = Booking.objects.booked().filter(**mine).annotate(number=Value("booked"))
    attendance = Attendance.objects.filter(**mine).annotate(number=F("outcome"))
    for rows in (bookings, attendance):
        for *key, number, people in _grouped(rows, by):
            if "region" in by:
                place = by.index("region")
                key[place] = regions.get(key[place])
            yield tuple(key), number, people


def _grouped(rows: QuerySet[Any], by: tuple[By, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    fields = [LIVE[one] for one in by]
    if "region" in by:
        path = Substr("member__home_unit__path", 1, REGION_DEPTH * Unit.steplen)
        rows = rows.annotate(region=path)
    if "post" in by:
        rows = rows.annotate(day=TruncDate("session__starts_at")).filter(
            Q(member__tenures__ended_on=None) | Q(member__tenures__ended_on__gt=F("day")),
            member__tenures__started_on__lte=F("day"),
        )
    grouped = rows.order_by().values(*fields, "number").annotate(people=Count("pk", distinct=True))
    return cast("QuerySet[Any, tuple[Any, ...]]", grouped.values_list(*fields, "number", "people"))


def _kept(sessions: QuerySet[Session], *by: By) -> Iterator[tuple[Key, str, int]]:
    fields = [KEPT[one] for one in by]
    rows = SessionFigure.objects.filter(
        session__in=sessions.order_by().values("pk"), post_kind__isnull="post" not in by
    )
    sums = {f"of_{name}": Sum(name) for name in NUMBERS}
    for row in rows.order_by().values(*fields).annotate(**sums):
        for name in NUMBERS:
            yield tuple(row[field] for field in fields), name, row[f"of_{name}"]


def _regions() -> dict[str, int]:
    return dict(Unit.objects.filter(depth=REGION_DEPTH).values_list("path", "pk"))
