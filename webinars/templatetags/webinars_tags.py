"""What pages of other floors say about webinars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from webinars.models import Booking
from webinars.offers import offers, upcoming

if TYPE_CHECKING:
    from django.template.context import Context

    from webinars.offers import Offer

register = template.Library()

ON_HOME = 3


@register.simple_tag(takes_context=True)
def next_webinars(context: Context) -> list[Offer]:
    """Return the next sessions the reader may book: one query, a person's posts of today apart."""
    request = context.get("request")
    if request is None:
        return []
    reader = request.user if request.user.is_authenticated else None
    return offers(upcoming(reader)[:ON_HOME])


@register.simple_tag(takes_context=True)
def my_next_session(context: Context) -> Booking | None:
    """Return the reader's next booked session; None when nothing is booked."""
    mine = Booking.objects.visible_to(context["request"].user).booked()
    return mine.upcoming().select_related("session__webinar").first()
