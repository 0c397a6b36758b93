"""Noting that somebody has watched a recording: only where it is asked, and no more than asked.

What the site's policy says (`WebinarSettings.watching`):

- SAID: people say that they have watched it. That, and when, is all that is written down.
- MEASURED: their browser tells which twentieths were played. Who has no JavaScript, or read the
  transcript instead, says so; it counts as much, and the record tells one from the other.

It is asked of people who were at a part of the session, or nobody knows how long. Of everybody
else nothing is stored, and of them nothing more once it was enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from webinars.models import Attendance, Watching, WebinarSettings
from webinars.recordings.watching import as_bits, percent
from webinars.signals import recording_watched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member
    from webinars.models import Recording, Session

Policy = WebinarSettings.WatchingPolicy
MADE_UP_FOR = (Attendance.Outcome.PART, Attendance.Outcome.UNKNOWN)


@transaction.atomic
def note_watched(*, recording: Recording, by: Member, parts: Iterable[int]) -> Watching | None:
    """Add the twentieths (0 to 19) that were played; None when nothing is to be noted.

    Raises ValueError for parts that a recording does not have.
    """
    bits = as_bits(parts)
    policy = WebinarSettings.load()
    if policy.watching != Policy.MEASURED or not is_asked_of(by, recording.session_id):
        return None
    watching = _locked(recording, by)
    if not is_enough(watching, policy):
        watching.parts |= bits
        _write(watching, policy)
    return watching


@transaction.atomic
def say_watched(*, recording: Recording, by: Member) -> Watching | None:
    """Note that the person says they have watched it; None when nothing is to be noted."""
    if not is_asked_of(by, recording.session_id):
        return None
    policy = WebinarSettings.load()
    watching = _locked(recording, by)
    if not is_enough(watching, policy):
        watching.said_so_at = timezone.now()
        _write(watching, policy)
    return watching


def has_watched(member: Member, session: Session) -> bool:
    """Whether somebody has watched the recording of a session, as the policy understands it."""
    watching = Watching.objects.filter(recording__session=session, member=member).first()
    return bool(watching and is_enough(watching, WebinarSettings.load()))


def is_enough(watching: Watching, policy: WebinarSettings) -> bool:
    """Whether this much counts as having watched it: said so or, if that is measured, played."""
    measured = policy.watching == Policy.MEASURED
    played = measured and percent(watching.parts) >= policy.share_of_recording
    return played or watching.said_so_at is not None


def is_asked_of(member: Member, session_id: int) -> bool:
    """Whether this person can make up for the rest of the session with its recording."""
    theirs = Attendance.objects.visible_to(member).filter(session=session_id)
    return theirs.filter(outcome__in=MADE_UP_FOR).exists()


def _locked(recording: Recording, by: Member) -> Watching:
    """Return the person's row, made if need be, locked against another window of theirs."""
    Watching.objects.get_or_create(recording=recording, member=by)
    return Watching.objects.select_for_update().get(recording=recording, member=by)


def _write(watching: Watching, policy: WebinarSettings) -> None:
    """Save what was not enough before, and tell the other floors when it is now."""
    watching.updated_at = timezone.now()
    watching.save(update_fields=["parts", "said_so_at", "updated_at"])
    if is_enough(watching, policy):
        recording_watched.send(sender=Watching, watching=watching)
