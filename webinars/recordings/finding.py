"""Which recordings somebody may watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from webinars.audience import open_sessions
from webinars.models import Attendance, Recording, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Member

EDIT = "webinars.change_recording"


def watchable(reader: Member | None) -> QuerySet[Recording]:
    """Return the published recordings that are for the reader, the newest first: who may book
    the session may watch it, and who was there may, whatever has changed since."""
    for_them = Q(session__in=open_sessions(reader, Session.objects.published()))
    if reader:
        there = Attendance.objects.visible_to(reader).exclude(outcome=Attendance.Outcome.ABSENT)
        for_them |= Q(session__in=there.values("session"))
    published: QuerySet[Recording] = Recording.objects.filter(for_them, is_published=True)
    return published.select_related("session__webinar").order_by("-session__starts_at", "-pk")


def openable(reader: Member) -> QuerySet[Recording]:
    """Return what the reader may open: an editor looks at it before it is published, too."""
    if reader.has_perm(EDIT):
        recordings: QuerySet[Recording] = Recording.objects.select_related("session__webinar")
        return recordings
    return watchable(reader)
