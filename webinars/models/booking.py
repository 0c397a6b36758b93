"""Places: who has one, who waits, and what somebody needs to take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members import sealing

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from members.models import Member


class BookingQuerySet(models.QuerySet["Booking"]):
    """Words about bookings."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own. Hosts find theirs through the session."""
        return self.filter(member=viewer)

    def booked(self) -> Self:
        """Return those with a place."""
        return self.filter(status=Booking.Status.BOOKED)

    def waiting(self) -> Self:
        """Return those on the waiting list, who has waited longest first."""
        return self.filter(status=Booking.Status.WAITING).order_by("waiting_number")

    def active(self) -> Self:
        """Return those with a place and those who wait."""
        return self.exclude(status=Booking.Status.CANCELLED)

    def upcoming(self, *, at: datetime | None = None) -> Self:
        """Return those of sessions that go ahead and have not ended, the next first."""
        return self.filter(
            session__cancelled_at=None, session__ends_at__gt=at or timezone.now()
        ).order_by("session__starts_at", "pk")


class Booking(models.Model):
    """One person and one session. Cancelled and booked again it is the same row.

    A place is a number from 1 to the session's capacity, and a number is given once: that is how
    the last place cannot be sold twice.
    """

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    session = models.ForeignKey("webinars.Session", models.PROTECT, related_name="bookings")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status)
    place = models.PositiveIntegerField(null=True)
    waiting_number = models.PositiveIntegerField(null=True)
    reference = models.CharField(max_length=12, unique=True)
    # How often it was booked, promoted or cancelled: mails about it are named after it.
    turn = models.PositiveIntegerField(default=1)
    booked_at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="booking_once"),
            models.UniqueConstraint(fields=["session", "place"], name="booking_place_once"),
            models.UniqueConstraint(
                fields=["session", "waiting_number"], name="booking_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(status="booked", place__isnull=False, waiting_number=None)
                | Q(status="waiting", place=None, waiting_number__isnull=False)
                | Q(
                    status="cancelled", place=None, waiting_number=None, cancelled_at__isnull=False
                ),
                name="booking_state",
            ),
            models.CheckConstraint(
                condition=~Q(place=0) & ~Q(waiting_number=0), name="booking_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.member}"

    @property
    def is_booked(self) -> bool:
        return self.status == self.Status.BOOKED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class AccessNeed(models.Model):
    """What somebody needs to take part. For the hosts only; deleted 30 days after the session."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="need")
    sealed = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"What {self.booking.reference} needs"

    @property
    def text(self) -> str:
        return sealing.unseal(self.sealed)


class CalendarFeed(models.Model):
    """The secret address of a person's own calendar; a new number makes the old address void."""

    member = models.OneToOneField("members.Member", models.CASCADE, related_name="calendar_feed")
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Calendar of {self.member}"


class SentMessage(models.Model):
    """What a host wrote to all who had booked: each got a mail of their own."""

    session = models.ForeignKey("webinars.Session", models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    key = models.UUIDField(unique=True, help_text="Of the form it came from: sent twice is once.")
    sent_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    recipients = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
