"""A session: one time at which a webinar is held."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from members.dates import span_words
from members.models.unit import within
from webinars.models.booking import Booking

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from members.models import Member

JOIN_OPENS = timedelta(minutes=30)  # before the start; the link is shown and mailed from then on


class SessionQuerySet(models.QuerySet["Session"]):
    """Words about sessions."""

    def standing(self) -> Self:
        """Return the sessions that were not cancelled."""
        return self.filter(cancelled_at=None)

    def upcoming(self, *, at: datetime | None = None) -> Self:
        """Return the sessions that have not ended, the next first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, *, at: datetime | None = None) -> Self:
        """Return the sessions that have ended, the last first."""
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def published(self) -> Self:
        """Return the sessions of published webinars."""
        return self.filter(webinar__live=True)

    def overlapping(self, session: Session) -> Self:
        """Return the other sessions that run at the same time."""
        same = self.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
        return same.exclude(pk=session.pk)

    def hosted_by(self, viewer: Member) -> Self:
        """Return the sessions `viewer` may run: named as host, an officer of the unit that runs
        it today, or somebody who administers all webinars."""
        if viewer.has_perm("webinars.host_all"):
            return self
        named = Session.hosts.through.objects.filter(member=viewer).values("session_id")
        overseen = within("unit__path", viewer.overseen_paths())
        return self.filter(Q(pk__in=named) | overseen)

    def with_places(self) -> Self:
        """Say of each, as `booked` and `waiting`, how many places are taken and how many wait."""
        return self.annotate(
            booked=Count("bookings", filter=Q(bookings__status="booked")),
            waiting=Count("bookings", filter=Q(bookings__status="waiting")),
        )

    def for_reader(self, reader: Member | None) -> Self:
        """Say of each how many places are taken, as `booked`, and how the reader's own booking
        stands, as `mine` (empty: none). Only the rows of a page are counted, not all."""
        own = Booking.objects.active().filter(session=OuterRef("pk"), member=reader)
        taken = Booking.objects.booked().filter(session=OuterRef("pk")).order_by()
        number = taken.values("session").annotate(number=Count("pk")).values("number")
        return self.annotate(
            booked=Coalesce(Subquery(number), 0),
            mine=Coalesce(Subquery(own.values("status")[:1]), Value("")),
        )


class Session(models.Model):
    """One time at which a webinar is held, with its places and its way in.

    Times are stored in UTC. The end is so many minutes after the start on the clock on the wall of
    nobody: a session across the night when the clocks change lasts as long as any other.
    """

    class Tool(models.TextChoices):
        LINK = "link", "A link (Zoom, Teams, Meet or another)"
        BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"

    webinar = models.ForeignKey("webinars.WebinarPage", models.PROTECT, related_name="sessions")
    unit = models.ForeignKey(
        "members.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="run by, and for",
        help_text="The region that runs it, for its own people. Empty: for the whole party.",
    )
    starts_at = models.DateTimeField("starts")
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(10), MaxValueValidator(600)]
    )
    ends_at = models.DateTimeField(editable=False)
    capacity = models.PositiveIntegerField(
        "places",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Empty: as many as come.",
    )
    speakers = models.CharField(
        max_length=200, blank=True, help_text="If they differ from those of the webinar."
    )
    tool = models.CharField("meeting tool", max_length=15, choices=Tool, default=Tool.LINK)
    join_url = models.URLField("joining link", max_length=500, blank=True)
    dial_in = models.CharField(
        "joining by phone", max_length=200, blank=True, help_text="The number and the code."
    )
    hosts = models.ManyToManyField("members.Member", blank=True, related_name="hosted_sessions")
    # The calendar entry: the same for good, and how often it was changed (RFC 5545).
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    # When the host said that attendance is complete: who had booked and was not seen was absent.
    attendance_closed_at = models.DateTimeField(null=True, editable=False)
    # What counted when attendance was first decided; until then it is as the webinar says.
    share_needed = models.PositiveSmallIntegerField(null=True, editable=False)
    counts_by = models.CharField(max_length=5, blank=True, editable=False)

    booked: int  # of `with_places` and `for_reader`
    waiting: int
    mine: str

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        permissions = [("host_all", "Can run every session")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0), name="session_has_places"
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at", "starts_at"], name="session_when"),
            models.Index(fields=["webinar", "starts_at"], name="session_of_webinar"),
        ]

    def __str__(self) -> str:
        return f"{self.webinar.title}, {timezone.localtime(self.starts_at):%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("webinars:session", args=[self.pk])

    def set_time(self, starts_at: datetime, minutes: int) -> None:
        """Put it at this time: the only way, so that the end always fits."""
        self.starts_at, self.minutes = starts_at, minutes
        self.ends_at = starts_at + timedelta(minutes=minutes)

    @property
    def when(self) -> str:
        """From when to when, in words: 6:30pm to 7:30pm on Tuesday 13 October 2026."""
        return span_words(self.starts_at, self.ends_at)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def has_ended(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def may_be_joined(self) -> bool:
        """Whether the way in is open: from half an hour before the start to the end."""
        opens = self.starts_at - JOIN_OPENS
        return not self.is_cancelled and opens <= timezone.now() < self.ends_at

    @property
    def takes_bookings(self) -> bool:
        """Whether somebody may still book: until it ends, for late comers have a right too."""
        return not self.is_cancelled and not self.has_ended

    @property
    def places_left(self) -> int | None:
        """How many places are free, of `with_places`; None is as many as come."""
        return None if self.capacity is None else max(self.capacity - self.booked, 0)

    @property
    def share(self) -> int:
        """How much of it somebody must be there for, in per cent."""
        return self.webinar.share_needed if self.share_needed is None else self.share_needed

    @property
    def by_code(self) -> bool:
        """Whether attendance counts by the code that is shown."""
        return (self.counts_by or self.webinar.counts_by) == "code"

    @property
    def seconds_needed(self) -> int:
        """How long somebody must be there for it to count, rounded up to the second."""
        return -(-self.minutes * 60 * self.share // 100)
