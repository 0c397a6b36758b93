"""A person's own calendar at an address that only they know, and nobody has to sign in to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from webinars.models import CalendarFeed

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models.booking import BookingQuerySet

SALT = "webinars.calendar"
# How long what is over stays, and what is cancelled, so that every calendar learns of it.
STAYS = timedelta(days=30)


def address_of(feed: CalendarFeed) -> str:
    """Return the address of a person's calendar: the same until they ask for a new one."""
    token = Signer(salt=SALT).sign_object([feed.member_id, feed.generation])
    path = reverse("webinars:feed", args=[token])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def owner_of(token: str) -> Member | None:
    """Return whose calendar this is; None if it is nobody's, an old one, or theirs who has left."""
    try:
        member, generation = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    feeds = CalendarFeed.objects.filter(member=member, generation=generation)
    feed = feeds.filter(member__is_active=True).select_related("member").first()
    return feed.member if feed else None


@transaction.atomic
def renew_feed(*, by: Member) -> CalendarFeed:
    """Make an address for their own calendar, or a new one: the old one is void from now on."""
    feed, new = CalendarFeed.objects.select_for_update().get_or_create(member=by)
    if not new:
        feed.generation += 1
        feed.made_at = timezone.now()
        feed.save(update_fields=["generation", "made_at"])
    return feed


def in_calendar(member: Member) -> BookingQuerySet:
    """Return what belongs into somebody's calendar, in the order of time."""
    since = timezone.now() - STAYS
    fresh = Q(cancelled_at=None) | Q(cancelled_at__gte=since)
    own = member.bookings.filter(fresh, session__ends_at__gte=since)
    return own.select_related("session__webinar").order_by("session__starts_at", "pk")
