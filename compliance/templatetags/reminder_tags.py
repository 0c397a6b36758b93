"""What pages say about reminders that were sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from compliance.models import Reminder

if TYPE_CHECKING:
    from members.models import Member

register = template.Library()
SHOWN_DAYS = 60


@register.simple_tag
def officers_reminder(member: Member) -> Reminder | None:
    """Return the last reminder that an officer sent this member lately; None if none did."""
    lately = timezone.now() - timedelta(days=SHOWN_DAYS)
    return Reminder.objects.by_officers().filter(member=member, recorded_at__gte=lately).first()
