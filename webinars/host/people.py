"""The people of a session as its hosts see them: a name to say hello by, and what they need.

Nobody's e-mail address, number, post or unit. A day after the end only the numbers stay, for
whoever does not administer all webinars.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members import audit
from members.dates import moment_words
from members.handing_out import hand_out
from members.spreadsheets import csv_bytes
from webinars.models import AccessNeed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.handing_out import Stamp
    from members.models import Member
    from webinars.models import Booking, Session
    from webinars.models.booking import BookingQuerySet

NAMES_FOR = timedelta(hours=24)  # after the end
EXPORTED = "webinars.exported"
HEAD = ("Name", "Place")


def sees_names(viewer: Member, session: Session) -> bool:
    """Whether this host sees, now, who has booked."""
    return timezone.now() < session.ends_at + NAMES_FOR or viewer.has_perm("webinars.host_all")


def booked_people(session: Session) -> BookingQuerySet:
    """Return who has a place and then who waits, each as they came."""
    active = session.bookings.active().select_related("member")
    return active.order_by(F("waiting_number").asc(nulls_first=True), "booked_at", "pk")


@transaction.atomic
def note_seen(bookings: Sequence[Booking], *, session: Session, by: Member) -> None:
    """Write that these people's bookings were looked at. They can read that in their record."""
    audit.record(
        "webinars.people-viewed",
        by=by,
        about=[booking.member_id for booking in bookings],
        unit=session.unit,
        session=session.pk,
        webinar=session.webinar.title,
    )


@transaction.atomic
def read_needs(*, session: Session, by: Member) -> list[AccessNeed]:
    """Return what people with a place, or waiting for one, told the hosts that they need.

    That it was read is written about each of them in the same transaction.
    """
    told = AccessNeed.objects.filter(booking__in=session.bookings.active())
    needs = list(told.select_related("booking__member").order_by("written_at", "pk"))
    if needs:
        audit.record(
            "webinars.needs-viewed",
            by=by,
            about=[need.booking.member_id for need in needs],
            unit=session.unit,
            session=session.pk,
        )
    return needs


@dataclass(frozen=True)
class PeopleFile:
    """Who has booked, as a file. Its last row says where it came from."""

    session: Session
    people: Sequence[Booking]
    stamp: Stamp

    @property
    def name(self) -> str:
        return f"session-{self.session.pk}-{timezone.localdate(self.stamp.at)}.csv"

    @property
    def watermark(self) -> str:
        by, at, serial = self.stamp
        return (
            f"Exported by {by.get_full_name()}, {moment_words(at)}. "
            f"Serial {serial}. Keep it safe and delete it when you have used it."
        )

    @property
    def content(self) -> bytes:
        rows = [(one.member.name_for_others, one.get_status_display()) for one in self.people]
        return csv_bytes([HEAD, *rows, (self.watermark, "")])


def export_people(*, session: Session, reason: str, by: Member) -> PeopleFile:
    """Hand out the list as a file and write that about everybody in it. Three a day."""
    people = list(booked_people(session))
    return hand_out(
        action=EXPORTED,
        make=lambda stamp: PeopleFile(session, people, stamp),
        about=[booking.member_id for booking in people],
        unit=session.unit,
        reason=reason,
        by=by,
        session=session.pk,
    )
