"""Work for the background: python manage.py db_worker --backend jobs."""

from __future__ import annotations

from django_tasks import task

from members.delivery import deliver_due


@task(backend="jobs")
def deliver_waiting() -> int:
    """Send every mail that may leave now; return how many did."""
    return deliver_due()
