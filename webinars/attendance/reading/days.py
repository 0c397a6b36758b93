"""Which of two numbers is the day: settled by the session's own date, or refused."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from webinars.attendance.reading.clock import ORDERS, local_day, written
from webinars.attendance.reading.report import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from webinars.attendance.reading.clock import Order, Written
    from webinars.attendance.reading.tables import Table

NO_DAY = 1000  # days: further than any day that there is
AROUND = timedelta(hours=2)  # people come early and stay on: near midnight that is another day


def order_of(table: Table, *, starts_at: datetime, ends_at: datetime) -> Order:
    """Return how the file writes its dates: the order by which they fall on the session's day.

    Raise Unreadable if no order does, or if both do and differ.
    """
    found = list(_dated(table))
    days = {local_day(at) for at in (starts_at - AROUND, starts_at, ends_at, ends_at + AROUND)}
    readings = {order: [_day(moment, order) for moment in found] for order in ORDERS}
    kept = [order for order in ORDERS if days & set(readings[order])]
    if not any(any(reading) for reading in readings.values()):
        return "dmy"  # no dates at all
    if not kept:
        raise Unreadable(_refusal(found, readings, local_day(starts_at)))
    away = {order: _away(readings[order], days) for order in kept}
    best = min(kept, key=lambda order: away[order])
    if list(away.values()).count(away[best]) == 1 or readings["dmy"] == readings["mdy"]:
        return best
    raise Unreadable(
        f"The dates of this report ({_shown(found)}) can be read with the day first or the month "
        f"first, and both fit the session of {_long(local_day(starts_at))}. Export it again with "
        "dates that begin with the year."
    )


def _dated(table: Table) -> Iterable[Written]:
    for text in table.days:
        yield from _with_date(text)
    for line in table.lines:
        yield from _with_date(line.joined)
        yield from _with_date(line.left)


def _with_date(text: str) -> Iterable[Written]:
    moment = written(text) if text else None
    if moment and moment.parts and any(moment.day(order) for order in ORDERS):
        yield moment


def _day(moment: Written, order: Order) -> date | None:
    day = moment.day(order)
    if day is None or moment.offset is None or moment.clock is None:
        return day
    elsewhere = datetime.combine(day, moment.clock, UTC)
    return local_day(elsewhere - timedelta(minutes=moment.offset))


def _away(reading: Sequence[date | None], days: set[date]) -> tuple[int, int]:
    """Return how many of these days are not the session's, and how far they are from it."""
    others = [day for day in reading if day not in days]
    near = min(days)
    return len(others), sum(abs((day - near).days) if day else NO_DAY for day in others)


def _refusal(
    found: Sequence[Written], readings: dict[Order, list[date | None]], session: date
) -> str:
    likeliest = []
    for order in ORDERS:
        days = Counter(day for day in readings[order] if day)
        if days and (day := days.most_common(1)[0][0]) not in likeliest:
            likeliest.append(day)
    if len(likeliest) == 1:
        return f"This report is of {_long(likeliest[0])}; the session was on {_long(session)}."
    return (
        f"The dates of this report ({_shown(found)}) can be read as {_long(likeliest[0])} or "
        f"{_long(likeliest[1])}; the session was on {_long(session)}, which is neither."
    )


def _shown(found: Sequence[Written]) -> str:
    texts = dict.fromkeys(moment.text for moment in found)
    return ", ".join(list(texts)[:3])


def _long(day: date) -> str:
    return f"{day:%-d %B %Y}"
