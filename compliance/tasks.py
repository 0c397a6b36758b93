"""Work for the background: python manage.py db_worker --backend jobs."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from compliance.reminders.digests import send_digests
from compliance.reminders.planned import remind_planned
from members.dates import today


@task(backend="jobs")
def remind_members(member_ids: list[int], on: str | None) -> int:
    """Tell these members what the plan has for them, on that day or else the day this runs."""
    return remind_planned(member_ids=member_ids, on=_day(on))


@task(backend="jobs")
def send_weekly_digests(member_ids: list[int], on: str | None) -> int:
    """Send these officers the week's counts of their CLPs."""
    return send_digests(member_ids=member_ids, on=_day(on))


def _day(on: str | None) -> date:
    return date.fromisoformat(on) if on else today()
