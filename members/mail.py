"""Posting mail to members: once for each key, in the caller's transaction, not at night."""

from __future__ import annotations

import hashlib
import threading
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone

from members.models import Declined, Mail, Organisation
from members.tasks import deliver_waiting
from members.waking import next_waking_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from members.models import Member

AT_ONCE = 500


class Rendered(NamedTuple):
    """What a mail says."""

    subject: str
    text: str
    html: str
    calendar: str = ""


class Posting(NamedTuple):
    """What mails that are posted together have in common."""

    kind: str
    quiet: bool
    optional: bool
    at: datetime
    not_before: datetime

    @classmethod
    def now(cls, *, kind: str, quiet: bool, optional: bool) -> Posting:
        now = timezone.now()
        return cls(kind, quiet, optional, now, next_waking_moment(now) if quiet else now)

    def facts(self, key: str, to: Member, said: Rendered) -> dict[str, Any]:
        """Return what is written down of a mail with this key, beside the key."""
        return said._asdict() | {
            "member": to,
            "kind": self.kind,
            "subject": " ".join(said.subject.split()),
            "quiet": self.quiet,
            "optional": self.optional,
            "created_at": self.at,
            "not_before": self.not_before,
            "message_id": message_id(key),
        }

    def deliver_after_commit(self) -> None:
        _deliver_after_commit(None if self.not_before == self.at else self.not_before)


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
    calendar: str = "",
    quiet: bool = True,
    optional: bool = False,
) -> Mail | None:
    """Put a mail to `to` into the outbox, in the caller's transaction, and return it.

    None, and nothing is written, when a mail with this key exists already, and when the member
    has no e-mail address or has left (`is_active` is off). A quiet mail waits for 8:00 to 20:00.
    An optional one is not written for whom has switched its kind off, and offers them to.
    `calendar` is an iCalendar file to go with it. It leaves after the commit, in the background.
    """
    if not _can_be_reached(to):
        return None
    if optional and to.declined.filter(kind=kind).exists():
        return None
    said = Rendered(subject, text, html, calendar)
    posting = Posting.now(kind=kind, quiet=quiet, optional=optional)
    mail, new = Mail.objects.get_or_create(key=key, defaults=posting.facts(key, to, said))
    if not new:
        return None
    posting.deliver_after_commit()
    return mail


def post_mails(
    *,
    to: Mapping[str, Member],
    say: Callable[[str, Member], Rendered],
    kind: str,
    quiet: bool = True,
    optional: bool = False,
) -> int:
    """Put mails to many into the outbox, in the caller's transaction; return how many were new.

    `to` says by key whom to write to, and the rules are those of `post_mail`; `say` is asked only
    about who gets one, so that asking again for what was posted costs little. Of two callers at
    once with the same keys the second waits, if both go through them in the same order.
    """
    posting, new, waiting = Posting.now(kind=kind, quiet=quiet, optional=optional), 0, iter(to)
    while keys := list(islice(waiting, AT_ONCE)):
        wanted = _still_to_post({key: to[key] for key in keys}, posting)
        rows = [Mail(key=key, **posting.facts(key, who, say(key, who))) for key, who in wanted]
        # The key again: somebody else may post it between the question and now.
        Mail.objects.bulk_create(rows, ignore_conflicts=True)
        own = Mail.objects.filter(key__in=[key for key, _ in wanted], created_at=posting.at)
        new += own.count() if rows else 0
    if new:
        posting.deliver_after_commit()
    return new


def _still_to_post(to: Mapping[str, Member], posting: Posting) -> list[tuple[str, Member]]:
    asked = [who.pk for who in to.values() if _can_be_reached(who)]
    declined: set[int] = set()
    if posting.optional:
        off = Declined.objects.filter(kind=posting.kind, member__in=asked)
        declined = set(off.values_list("member", flat=True))
    able = {key: who for key, who in to.items() if _can_be_reached(who) and who.pk not in declined}
    posted = set(Mail.objects.filter(key__in=able).values_list("key", flat=True)) if able else set()
    return [(key, who) for key, who in able.items() if key not in posted]


def _can_be_reached(member: Member) -> bool:
    return bool(member.email and member.is_active)


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
    Who renders many gives them the `organisation`, which else is asked for each time.
    """
    shared = {"site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")} | context
    if "organisation" not in shared:
        shared["organisation"] = Organisation.load()

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
