"""Posting mail to members: once for each key, in the caller's transaction, not at night."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone

from members.models import Mail, Organisation
from members.tasks import deliver_waiting
from members.waking import next_waking_moment

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from members.models import Member


class Rendered(NamedTuple):
    """What a mail says."""

    subject: str
    text: str
    html: str


class Armed(threading.local):
    """When this thread has to start deliveries, once it commits; None is at once."""

    def __init__(self) -> None:
        self.moments: set[datetime | None] = set()


_armed = Armed()


def post_mail(  # noqa: PLR0913 (a mail has this many parts)
    *,
    key: str,
    to: Member,
    kind: str,
    subject: str,
    text: str,
    html: str,
    quiet: bool = True,
    optional: bool = False,
) -> Mail | None:
    """Put a mail to `to` into the outbox, in the caller's transaction, and return it.

    None, and nothing is written, when a mail with this key exists already, and when the member
    has no e-mail address or has left (`is_active` is off). A quiet mail waits for 8:00 to 20:00.
    An optional one is not written for whom has switched its kind off, and offers them to.
    It leaves after the commit, in the background.
    """
    if not (to.email and to.is_active):
        return None
    if optional and to.declined.filter(kind=kind).exists():
        return None
    now = timezone.now()
    mail, new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "member": to,
            "kind": kind,
            "subject": " ".join(subject.split()),
            "text": text,
            "html": html,
            "quiet": quiet,
            "optional": optional,
            "created_at": now,
            "not_before": next_waking_moment(now) if quiet else now,
            "message_id": message_id(key),
        },
    )
    if not new:
        return None
    _deliver_after_commit(None if mail.not_before == now else mail.not_before)
    return mail


def message_id(key: str) -> str:
    """Return the Message-ID of the mail with this key: always the same.

    Half of the hash: the whole would make the header so long that it is folded, which some
    mail programs read wrongly.
    """
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def render_mail(name: str, context: dict[str, Any]) -> Rendered:
    """Render templates/mail/`name`_subject.txt, `name`.txt and `name`.html.

    They extend mail/base.txt and mail/base.html, and find `organisation` and `site_url` beside
    what `context` holds: `member`, `link` (a path of this site) and what their own words need.
    """
    shared = {
        "organisation": Organisation.load(),
        "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
    } | context

    def render(template: str, *, escape: bool) -> str:
        found = Engine.get_default().get_template(f"mail/{template}")
        return found.render(Context(shared, autoescape=escape)).strip()

    return Rendered(
        subject=render(f"{name}_subject.txt", escape=False),
        text=render(f"{name}.txt", escape=False) + "\n",
        html=render(f"{name}.html", escape=True) + "\n",
    )


def _deliver_after_commit(later: datetime | None) -> None:
    """Start one delivery when the transaction commits, however many mails were posted in it.

    Every mail leaves its own hook, because a savepoint that is rolled back takes its hooks along;
    the first hook that runs enqueues for all.
    """
    _armed.moments.add(later)

    def enqueue() -> None:
        if later in _armed.moments:
            _armed.moments.discard(later)
            _enqueue(later)

    transaction.on_commit(enqueue)


def _enqueue(later: datetime | None) -> None:
    if later is None:
        deliver_waiting.enqueue()
    elif deliver_waiting.get_backend().supports_defer:
        deliver_waiting.using(run_after=later).enqueue()
