"""Attendance at a webinar is decided for many people together, and counted in two steps.

In the act itself, with few queries, it is noted in which round it counts (`noting`): nobody's is
forgotten then, whoever is killed. After that, person by person, the part is finished, and with the
last one the course (`finishing`). For up to AT_ONCE people that is done in the same act, for more
by tasks once it is committed; what tasks left undone `finish_left` does. Whenever that is, the day
is the session's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from courses.attended import WAS_THERE, counted, look_again, take_back_attendance
from courses.finishing import finish_each, finished, to_finish
from courses.noting import in_chunks, note_attendance
from courses.tasks import finish_attended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webinars.models import Attendance, Session

AT_ONCE = 25  # a host's page can wait for so many people; more are left to tasks
TOGETHER = 100  # people in one task


@transaction.atomic
def count_attendance(rows: Sequence[Attendance]) -> None:
    """Let attendance at one session count for every part of a course that asks for its webinar.

    It never fails because of one person: many are confirmed together.
    """
    there = [row for row in rows if row.outcome in WAS_THERE]
    for some in in_chunks([row for row in rows if row.outcome not in WAS_THERE]):
        take_back_attendance(some, by=some[0].decided_by)
    for some in in_chunks(there):
        _take_back_what_is_less(some)
    note_attendance(there)
    ids = [pk for some in in_chunks(there) for pk in _ready(some)]
    if len(ids) <= AT_ONCE:
        finish_each(ids)
    else:
        # A broken queue is no reason to tell the host that nothing was recorded.
        transaction.on_commit(lambda: _hand_over(ids), robust=True)


def finish_left() -> tuple[int, int]:
    """Finish what nobody has finished yet; return how many that were and how many failed.

    Safe to run again, and at the same moment as the tasks.
    """
    return finish_each(list(to_finish().values_list("pk", flat=True)))


def still_to_count(session: Session) -> int:
    """Return for how many people their attendance at this session is still to be counted."""
    waiting = to_finish().filter(attendance__session=session)
    return waiting.values("attendance").distinct().count()


def _take_back_what_is_less(rows: Sequence[Attendance]) -> None:
    """Look again at finished parts of people who, it turns out, were not there for long enough."""
    if less := [row for row in rows if not row.is_full]:
        for noted in counted(less).filter(finished()):
            look_again(noted, by=rows[0].decided_by)


def _ready(rows: Sequence[Attendance]) -> list[int]:
    waiting = to_finish().filter(attendance__in=[row.pk for row in rows])
    return list(waiting.order_by("enrolment_id", "pk").values_list("pk", flat=True))


def _hand_over(ids: Sequence[int]) -> None:
    for some in in_chunks(ids, TOGETHER):
        finish_attended.enqueue(list(some))
