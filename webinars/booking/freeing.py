"""What people who have left had booked is given back, so that who waits gets the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from members.locking import hold_person
from webinars.booking.verbs import CannotCancel, cancel_booking
from webinars.models import Booking

if TYPE_CHECKING:
    from webinars.models.booking import BookingQuerySet


def free_places() -> int:
    """Cancel what people who have left had booked, or waited for, of sessions that have not
    begun; return how many that were. Safe to run again, and twice at once."""
    found = list(_of_people_who_left().values_list("pk", "member"))
    return sum(_free(pk, person) for pk, person in found)


def _of_people_who_left() -> BookingQuerySet:
    ahead = {"session__cancelled_at": None, "session__starts_at__gt": timezone.now()}
    left: BookingQuerySet = Booking.objects.active().filter(member__is_active=False, **ahead)
    return left.select_related("member").order_by("pk")


@transaction.atomic
def _free(pk: int, person: int) -> bool:
    # The person first, as the verb does it. They may have come back meanwhile, or somebody else
    # may have done this: then there is nothing to cancel any more.
    hold_person(person)
    booking = _of_people_who_left().filter(pk=pk).first()
    if booking is None:
        return False
    try:
        cancel_booking(booking=booking, by=booking.member)
    except CannotCancel:  # it has just begun
        return False
    return True
