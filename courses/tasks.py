"""Work for the background: python manage.py db_worker --backend jobs."""

from __future__ import annotations

from django_tasks import task

from courses.finishing import finish_each


@task(backend="jobs")
def finish_attended(ids: list[int]) -> int:
    """Finish what rests on these people's attendance (ids of Attended), as it stands by then."""
    looked, _ = finish_each(ids)
    return looked
