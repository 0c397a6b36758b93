"""From the outbox to the mail server: each mail once, whoever is killed in between.

A worker claims mails in batches, each for CLAIM_LASTS, and notes every mail's outcome by itself,
straight after the mail server's answer. What a dead worker had claimed is taken over later.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email.mime.text import MIMEText
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members.declining import headers_for
from members.models import Mail
from members.models.mail import CLAIM_LASTS

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from members.models.mail import MailQuerySet

BATCH = 100
# After the first, second, ... attempt that failed for now; after the fifth a mail is given up.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
# The time a claim must still have before its worker begins with another mail.
MARGIN = CLAIM_LASTS / 2
PERMANENT = 500


def deliver_due() -> int:
    """Send every mail that may leave now, batch after batch; return how many left.

    When the mail server itself cannot be reached (or refuses us), the error is the caller's and
    no mail is blamed: all of them wait on.
    """
    sent = 0
    while batch := _claim():
        sent += _send_batch(batch)
    return sent


def _claim() -> list[Mail]:
    now = timezone.now()
    due = Mail.objects.due(at=now).select_related("member").order_by("not_before", "pk")
    with transaction.atomic():
        # SQLite has no row locks; its IMMEDIATE transaction lets one claim at a time.
        batch = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        Mail.objects.filter(pk__in=[mail.pk for mail in batch]).update(claimed_at=now)
    for mail in batch:
        mail.claimed_at = now
    return batch


def _send_batch(batch: list[Mail]) -> int:
    sent, begun = 0, timezone.now()
    connection = get_connection()
    try:
        for mail in batch:
            if timezone.now() - begun > MARGIN:
                break
            sent += _send(mail, connection)
    finally:
        connection.close()
        _claimed(batch).update(claimed_at=None)
    return sent


def _send(mail: Mail, connection: BaseEmailBackend) -> bool:
    """Send one mail and note what became of it; return whether it left."""
    if not (mail.member.email and mail.member.is_active):
        _give_up(mail, "This person has no address any more, or has left.")
        return False
    connection.open()
    try:
        _message(mail, connection).send()
    except (SMTPException, OSError, ValueError) as error:
        connection.close()
        _note_failure(mail, error)
        return False
    now = timezone.now()
    # Whoever has claimed it meanwhile: it has left.
    Mail.objects.unsettled().filter(pk=mail.pk).update(
        sent_at=now, attempts=F("attempts") + 1, error="", claimed_at=None
    )
    return True


def _message(mail: Mail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    offers = headers_for(mail.member, mail.kind) if mail.optional else {}
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[str(mail.member.email)],
        connection=connection,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **offers},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(_invitation(mail.calendar))
    return message


def _invitation(calendar: str) -> MIMEText:
    """Return a calendar file as mail programs know it: what to do with it is in its type, too."""
    part = MIMEText(calendar, "calendar", "utf-8")
    if method := re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE):
        part.set_param("method", method[1])
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part


def _note_failure(mail: Mail, error: Exception) -> None:
    if is_permanent(error) or mail.attempts >= len(PAUSES):
        _give_up(mail, reason(error), attempts=F("attempts") + 1)
        return
    _claimed([mail]).update(
        attempts=F("attempts") + 1,
        error=reason(error),
        not_before=timezone.now() + PAUSES[mail.attempts],
        claimed_at=None,
    )


def _give_up(mail: Mail, why: str, **changes: object) -> None:
    _claimed([mail]).update(failed_at=timezone.now(), error=why, claimed_at=None, **changes)


def _claimed(batch: list[Mail]) -> MailQuerySet:
    """Return what of the batch is still ours and without an outcome."""
    ids = [mail.pk for mail in batch]
    return Mail.objects.unsettled().filter(pk__in=ids, claimed_at=batch[0].claimed_at)


def is_permanent(error: Exception) -> bool:
    """Return whether the same mail would be refused again: its address or its text is at fault.

    A refused sender or password is the site's fault and can be put right, so it is not.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= PERMANENT
    return isinstance(error, ValueError)  # an address or a header that cannot be written


def reason(error: Exception) -> str:
    """Return the error in a few words, without anybody's address."""
    if isinstance(error, SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        words = f"{code} {_text(answer)}"
    elif isinstance(error, SMTPResponseException):
        words = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        words = f"{type(error).__name__}: {error}"
    return without_addresses(words)


def without_addresses(words: str) -> str:
    """Return the words short enough for a row, each e-mail address replaced."""
    return re.sub(r"\S+@\S+", "(address)", " ".join(words.split()))[:200]


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
