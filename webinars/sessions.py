"""Sessions are opened, changed and cancelled here, and nowhere else.

Each verb locks the session, so of two hosts at once the second sees what the first did. People
are told in the same transaction: once for each change that concerns them.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members import audit
from webinars import telling
from webinars.booking.verbs import fill_places, lock_session, void_bookings
from webinars.meetings import bigbluebutton
from webinars.models import Session
from webinars.opening import fits, may_open_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from members.models import Member, Unit
    from webinars.models import WebinarPage

TIME = frozenset({"starts_at", "minutes"})
WAY_IN = frozenset({"tool", "join_url", "dial_in"})
CHANGEABLE = TIME | WAY_IN | {"capacity", "speakers"}

OVER = "This session is over. It cannot be moved or cancelled any more."
CANCELLED = "This session is cancelled. Open a new one instead."
GONE_BY = "This time has gone by. Choose a later one."
CHANGED_MEANWHILE = (
    "Somebody else has changed this session since you opened the page. Nothing of yours is saved. "
    "Look at what it says now, and save again if yours is right."
)
NO_MEETINGS = "BigBlueButton is not set up on this site. Choose a link instead."
NOT_SAFE = "The joining link must begin with https://."
NOT_PUBLISHED = "This webinar is not published. Publish it first, then open sessions of it."


class CannotChange(Exception):  # noqa: N818 (a refusal, not a fault)
    """What was asked for is not possible. The text is for the host."""


class Overtaken(CannotChange):
    """Somebody else was faster; the page shows what is no longer so."""

    def __init__(self) -> None:
        super().__init__(CHANGED_MEANWHILE)


@transaction.atomic
def open_session(
    *,
    webinar: WebinarPage,
    by: Member,
    unit: Unit | None = None,
    hosts: Iterable[Member] = (),
    **fields: Any,
) -> Session:
    """Open a session of a published webinar: `starts_at`, `minutes` and what else is known.

    Who administers all webinars may run one for the whole party (`unit` None) or a region; an
    officer for the party's or region's own unit only, and for good: the unit never changes.
    """
    if not may_open_for(by, unit):
        raise PermissionDenied
    _know(fields)
    if not webinar.live:
        raise CannotChange(NOT_PUBLISHED)
    if not fits(webinar, unit):  # nobody could come
        raise CannotChange(f"This webinar is only for people in {webinar.unit}.")
    session = Session(webinar=webinar, unit=unit)
    _set(session, fields)
    _check(session, fields)
    session.save(force_insert=True)
    session.hosts.set(named := list(hosts))
    telling.tell_hosts(session, hosts=named, by=by)
    audit.record("webinars.opened", by=by, about=named, unit=unit, **_facts(session))
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    by: Member,
    seen: datetime | None = None,
    hosts: Iterable[Member] | None = None,
    **fields: Any,
) -> Session:
    """Change a session and tell everybody who has booked or waits, if it concerns them.

    `seen` is the `changed_at` of the page the change was made on: if something was changed since,
    nothing happens. A new time or length is told to all. A new way in (tool, link, phone) is told
    only once people can have seen the old one, from half an hour before the start; before that
    nobody was given it. Both count on the calendar entry's number.
    """
    _know(fields)
    now = _locked(session, by)
    if seen is not None and seen != now.changed_at:
        raise Overtaken
    before = copy(now)
    changed = {name for name in fields if getattr(now, name) != fields[name]}
    if changed:
        _apply(now, fields, changed, before)
    named = _name_hosts(now, by, hosts)
    if changed or named:
        facts = _facts(now) | {"changed": sorted(changed), "hosts": len(named)}
        audit.record("webinars.changed", by=by, about=named, unit=now.unit, **facts)
    return now


@transaction.atomic
def cancel_session(*, session: Session, by: Member) -> Session:
    """Cancel a session, void its bookings and tell everybody, once. Again it changes nothing."""
    now = _locked(session, by)
    if now.is_cancelled:
        return now
    if now.has_ended:
        raise CannotChange(OVER)
    now.cancelled_at = now.changed_at = timezone.now()
    now.sequence += 1
    now.save(update_fields=["cancelled_at", "changed_at", "sequence"])
    bookings = void_bookings(session=now)
    telling.tell_all_cancelled(now, bookings=bookings)
    about = [booking.member_id for booking in bookings]
    audit.record("webinars.cancelled", by=by, about=about, unit=now.unit, **_facts(now))
    return now


def is_told(before: Session, now: Session) -> bool:
    """Whether people are told of this change: of a new time, and of a new way in once the old one
    could be seen."""
    if any(getattr(before, name) != getattr(now, name) for name in TIME):
        return True
    is_new = any(getattr(before, name) != getattr(now, name) for name in WAY_IN)
    return is_new and before.may_be_joined


def _locked(session: Session, by: Member) -> Session:
    now = lock_session(session.pk)
    if not Session.objects.hosted_by(by).filter(pk=now.pk).exists():
        raise PermissionDenied
    return now


def _apply(now: Session, fields: dict[str, Any], changed: set[str], before: Session) -> None:
    """Write what changed, and what follows from it for places and people."""
    if now.is_cancelled:
        raise CannotChange(CANCELLED)
    if now.has_ended and changed - {"speakers"}:
        raise CannotChange(OVER)
    _set(now, fields)
    _check(now, changed)
    if "capacity" in changed:
        _ask_places(now)
    now.changed_at = timezone.now()
    if changed & (TIME | WAY_IN):
        now.sequence += 1
    now.save()
    if is_told(before, now):
        telling.tell_all_moved(now, before=before)
    if "capacity" in changed:
        fill_places(session=now)


def _name_hosts(now: Session, by: Member, hosts: Iterable[Member] | None) -> set[int]:
    """Set the hosts, tell the new ones, return whom (ids) that concerns.

    Who was only named names nobody else.
    """
    if hosts is None:
        return set()
    named = {host.pk: host for host in hosts}
    old, new = set(now.hosts.values_list("pk", flat=True)), set(named)
    if old != new:
        if not may_open_for(by, now.unit):
            raise PermissionDenied
        now.hosts.set(new)
        telling.tell_hosts(now, hosts=[named[pk] for pk in sorted(new - old)], by=by)
        now.changed_at = timezone.now()
        now.save(update_fields=["changed_at"])
    return old ^ new


def _ask_places(now: Session) -> None:
    """Refuse fewer places than are taken."""
    taken = now.bookings.booked().count()
    if now.capacity is not None and taken > now.capacity:
        places = "1 place is" if taken == 1 else f"{taken} places are"
        raise CannotChange(f"{places} taken. Give that number or a higher one.")


def _know(fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"A session has no {', '.join(sorted(unknown))} to be given.")


def _set(session: Session, fields: dict[str, Any]) -> None:
    for name in fields.keys() - TIME:
        setattr(session, name, fields[name])
    starts_at = fields.get("starts_at", session.starts_at)
    session.set_time(starts_at, fields.get("minutes", session.minutes))


def _check(session: Session, given: Iterable[str]) -> None:
    """Refuse what no session can be; of a change, only what it touched is asked."""
    session.clean_fields(exclude={"webinar", "unit"})
    asked = set(given)
    if asked & TIME and session.has_ended:
        raise CannotChange(GONE_BY)
    is_meeting = session.tool == Session.Tool.BIGBLUEBUTTON
    if "tool" in asked and is_meeting and not bigbluebutton.is_set_up():
        raise CannotChange(NO_MEETINGS)
    if "join_url" in asked and session.join_url and not session.join_url.startswith("https://"):
        raise CannotChange(NOT_SAFE)


def _facts(session: Session) -> dict[str, Any]:
    return {
        "session": session.pk,
        "webinar": session.webinar.title,
        "starts": session.starts_at.isoformat(),
    }
