"""Deleting what was kept for long enough. A daily command calls `forget`.

| what | until |
|---|---|
| joining links and numbers, and mails with them | 7 days after the session's end |
| what people need to take part; names and times in files; check-ins and their codes | 30 days |
| attendance, bookings, what was watched, messages to those who had booked | 12 months |
| names under which people came, learned from reports | 12 months after they were learned |
| mails about sessions, with what hosts wrote | 12 months after they were written |
| files that no recording names any more | 1 day |
| that somebody gave feedback (never what) | 30 days after they did, if they no longer can |

Of attendance the figures stay, by region and post: never a name.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from feedback.models import Given
from members.dates import add_period, end_of, today
from members.models import Mail
from webinars.models import (
    AccessNeed,
    Attendance,
    AttendanceFile,
    Booking,
    CheckIn,
    CheckInCode,
    KnownName,
    SentMessage,
    Session,
    SessionFigure,
    Visitor,
    Watching,
)
from webinars.recordings.forgetting import forget_stray_files, stray_files
from webinars.reports.counting import NUMBERS, live
from webinars.telling import KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

LINK_DAYS = 7
DAYS = 30
MONTHS = 12


def ended(day: date, *, days: int = 0, months: int = 0) -> QuerySet[Session]:
    """Return the sessions that on `day` have been over for so long, cancelled ones included."""
    last = add_period(day, days=-days, months=-months)
    return Session.objects.filter(ends_at__lt=end_of(last))


def links(day: date) -> QuerySet[Session]:
    """Return the sessions whose way in is to be forgotten."""
    return ended(day, days=LINK_DAYS).exclude(join_url="", dial_in="")


def notes(day: date) -> QuerySet[AttendanceFile]:
    """Return the files with notes to be forgotten: a note on a row may name somebody."""
    return AttendanceFile.objects.filter(session__in=ended(day, days=DAYS)).exclude(notes=[])


def deleted(day: date) -> dict[str, QuerySet[Any]]:
    """Return what is to be deleted as it is, by what it is."""
    month, year = ended(day, days=DAYS), ended(day, months=MONTHS)
    return {
        "access needs": AccessNeed.objects.filter(booking__session__in=month),
        "people in files": Visitor.objects.filter(file__session__in=month),
        "check-ins": CheckIn.objects.filter(session__in=month),
        "check-in codes": CheckInCode.objects.filter(session__in=month),
        "mails with a joining link": Mail.objects.filter(
            key__startswith="webinar:way_in:",
            created_at__lt=end_of(add_period(day, days=-LINK_DAYS - 1)),
        ),
        "names people came under": KnownName.objects.filter(
            learned_at__lt=end_of(add_period(day, months=-MONTHS))
        ),
        # Hosts' words and links. All were written before the session, or soon after it.
        "mails about sessions": Mail.objects.filter(
            kind__startswith=KIND, created_at__lt=end_of(add_period(day, months=-MONTHS))
        ),
        "messages": SentMessage.objects.filter(session__in=year),
        "notes of feedback given": given(day),
    }


def given(day: date) -> QuerySet[Given]:
    """Return the notes that somebody answered, which are 30 days old and needed no longer.

    What is about a session that is not long over stays: somebody could answer again.
    """
    waiting = Session.objects.exclude(pk__in=ended(day, days=DAYS).values("pk"))
    needed = [f"session:{pk}" for pk in waiting.values_list("pk", flat=True)]
    old = Given.objects.filter(on__lte=add_period(day, days=-DAYS))
    return old.exclude(about__in=needed)


def to_count(day: date) -> QuerySet[Session]:
    """Return the sessions of whose attendance only figures are to stay."""
    here = {"session": OuterRef("pk")}
    return ended(day, months=MONTHS).filter(
        Q(Exists(Attendance.objects.filter(**here)))
        | Q(Exists(Booking.objects.filter(**here)))
        | Q(Exists(Watching.objects.filter(recording__session=OuterRef("pk"))))
    )


def would_forget(day: date | None = None) -> dict[str, int]:
    """Return how many of each there are to forget."""
    day = day or today()
    return {
        "joining links": links(day).count(),
        "notes on files": notes(day).count(),
        "files of no recording": len(list(stray_files())),
        **{what: rows.count() for what, rows in deleted(day).items()},
        "sessions' attendance": to_count(day).count(),
    }


def forget(day: date | None = None) -> dict[str, int]:
    """Forget what is due on `day` (today); return how many of each. Safe to run again."""
    day = day or today()
    done = {
        "joining links": links(day).update(join_url="", dial_in=""),
        "notes on files": notes(day).update(notes=[]),
        "files of no recording": forget_stray_files(),
    }
    for what, rows in deleted(day).items():
        done[what] = rows.count()
        rows.delete()
    done["sessions' attendance"] = sum(
        keep_figures(pk) for pk in list(to_count(day).values_list("pk", flat=True))
    )
    logger.info("Forgotten on %s: %s", day, in_words(done))
    return done


@transaction.atomic
def keep_figures(pk: int) -> bool:
    """Count a session's bookings and attendance, keep the figures, and delete the rest.

    All of it or nothing: what was counted is gone in the same moment, so nobody counts twice.
    Figures that are there already grow: a report may be confirmed late. Returns whether there was
    anything; somebody else may have done it meanwhile.
    """
    session = Session.objects.select_for_update().get(pk=pk)
    mine = Session.objects.filter(pk=pk)
    figures = {(one.region_id, one.post_kind_id): one for one in session.figures.all()}
    for region, post, name, people in numbers(mine):
        key = (region, post)
        row = figures.get(key) or SessionFigure(
            session=session, region_id=region, post_kind_id=post
        )
        setattr(row, name, getattr(row, name) + people)
        figures[key] = row
    write(figures.values())
    gone = [
        Attendance.objects.filter(session=session).delete()[0],
        Watching.objects.filter(recording__session=session).delete()[0],
        Booking.objects.filter(session=session).delete()[0],
    ]
    return any(gone)


def numbers(session: QuerySet[Session]) -> Iterator[tuple[int | None, int | None, str, int]]:
    """Yield region, post, what is counted and how many: everybody once without a post, and then
    who holds posts, at each of them."""
    for (region,), name, people in live(session, "region"):
        yield region, None, name, people
    for (region, post), name, people in live(session, "region", "post"):
        yield region, post, name, people


def write(figures: Iterable[SessionFigure]) -> None:
    """Save new figures and those that grew."""
    rows = list(figures)
    new = [row for row in rows if row.pk is None]
    SessionFigure.objects.bulk_update([row for row in rows if row.pk is not None], NUMBERS)
    SessionFigure.objects.bulk_create(new)


def in_words(found: dict[str, int]) -> str:
    """Say how many of each."""
    return ", ".join(f"{number} {what}" for what, number in found.items())
