"""A message to all who have booked: written once, a mail of their own for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members import audit
from members.dates import today
from webinars import telling
from webinars.booking.verbs import lock_session
from webinars.models import SentMessage, Session

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import Member

MESSAGES_A_DAY = 3
DAYS_AFTER = 14  # after the end: bookings are kept for longer, and not to be written to
NOBODY = "Nobody has booked a place, so there is nobody to write to."
ENOUGH = (
    "People of this session were sent three messages today. You can write to them again tomorrow."
)
CANCELLED = "This session is cancelled. Everybody was told."
TOO_LATE = "You can write to people until 14 days after the session."


class CannotSend(Exception):  # noqa: N818 (a refusal, not a fault)
    """The message was not sent. The text is for the host."""


def is_too_late(session: Session) -> bool:
    """Whether nobody may write to the people of this session any more."""
    return bool(timezone.now() >= session.ends_at + timedelta(days=DAYS_AFTER))


@transaction.atomic
def send_message(
    *, session: Session, subject: str, text: str, key: UUID, by: Member
) -> SentMessage:
    """Send a message to everybody with a place and return it.

    `key` is of the form it came from: the same form again sends nothing and returns what was
    sent. Raises CannotSend; at most three messages about a session leave in a day, and none once
    it has been over for 14 days.
    """
    now = lock_session(session.pk)
    if not Session.objects.hosted_by(by).filter(pk=now.pk).exists():
        raise PermissionDenied
    if sent := now.messages.filter(key=key).first():
        return sent
    if now.is_cancelled:
        raise CannotSend(CANCELLED)
    if is_too_late(now):
        raise CannotSend(TOO_LATE)
    if not now.bookings.booked().exists():
        raise CannotSend(NOBODY)
    if now.messages.filter(sent_at__date=today()).count() >= MESSAGES_A_DAY:
        raise CannotSend(ENOUGH)
    message = SentMessage.objects.create(
        session=now, subject=subject, text=text, key=key, sent_by=by
    )
    message.recipients = telling.tell_all(now, message=message)
    message.save(update_fields=["recipients"])
    reached = message.recipients
    audit.record("webinars.message-sent", by=by, unit=now.unit, session=now.pk, recipients=reached)
    return message
