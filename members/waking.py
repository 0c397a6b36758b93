"""When people are awake: mail that can wait arrives between 8:00 and 20:00 in Europe/London."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

FROM, UNTIL = time(8), time(20)


def next_waking_moment(now: datetime) -> datetime:
    """Return `now` while people are awake, else the next 8:00 in Europe/London."""
    london = timezone.get_default_timezone()
    local = now.astimezone(london)
    if FROM <= local.time() < UNTIL:
        return now
    day = local.date() + timedelta(days=1 if local.time() >= UNTIL else 0)
    return datetime.combine(day, FROM, tzinfo=london)
