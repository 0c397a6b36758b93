"""Mail that came back: reading delivery status notifications (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from members.delivery import without_addresses
from members.models import Mail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
RETURNED = {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers"}


@dataclass(frozen=True)
class Notice:
    """What a notification says: which mails it may be about, and whether they failed for good."""

    message_ids: frozenset[str]
    failed: bool
    reason: str


def read_notice(raw: bytes) -> Notice | None:
    """Read a notification; None when it is some other mail."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = list(mail.walk())
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not reports:
        return None
    fields = [block for report in reports for block in report.walk() if block is not report]
    failed = [each for each in fields if str(each["Action"]).strip().lower() == "failed"]
    return Notice(
        message_ids=frozenset(_ids(parts)),
        failed=bool(failed),
        reason=_reason(failed[0]) if failed else "",
    )


@transaction.atomic
def record_bounce(*, notice: Notice) -> Mail | None:
    """Mark the mail the notice is about as failed and return it; None when it is none of ours."""
    mail = Mail.objects.filter(message_id__in=notice.message_ids).first()
    if mail is None:
        return None
    first = Mail.objects.filter(pk=mail.pk, failed_at=None)
    first.update(failed_at=timezone.now(), error=notice.reason, claimed_at=None)
    mail.refresh_from_db()
    return mail


def _ids(parts: Iterable[Message]) -> Iterable[str]:
    """Give the Message-IDs of the returned mail, and those the notice says it replies to."""
    for part in parts:
        for name in ("Message-ID", "In-Reply-To", "References"):
            yield from MESSAGE_ID.findall(str(part[name] or ""))
        if part.get_content_type() in RETURNED and not part.is_multipart():
            yield from MESSAGE_ID.findall(str(part.get_payload()))


def _reason(fields: Message) -> str:
    status = str(fields["Status"] or "").strip()
    diagnosis = str(fields["Diagnostic-Code"] or "").partition(";")[2].strip()
    return without_addresses(f"{status} {diagnosis}".strip() or "The mail came back.")
