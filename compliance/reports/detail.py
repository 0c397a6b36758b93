"""What an officer may read about one person: each duty, how it was met, the last reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from compliance.models import Reminder
from courses.proofs import best_of
from members.dates import end_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.duty.people import AsAt, Person
    from courses.models import Completion


class Detail(NamedTuple):
    """One duty as its card shows it."""

    duty: Duty
    done: Completion | None
    reminded_on: date | None


def details_of(person: Person, as_at: AsAt) -> list[Detail]:
    """Return each duty, most urgent first, in two queries."""
    reminded, done = _reminded(person, as_at), _completions(person, as_at)
    return [
        Detail(duty, _proof(duty, done), reminded.get(duty.requirement.pk))
        for duty in person.duties
    ]


def _reminded(person: Person, as_at: AsAt) -> dict[int, date]:
    """Return, by requirement, the day of the last reminder. Without a mail nobody was told."""
    told = Reminder.objects.filter(member=person.member, recorded_at__lt=end_of(as_at.on))
    last = (
        told.exclude(mail=None).order_by().values_list("requirement").annotate(Max("recorded_at"))
    )
    return {requirement: timezone.localdate(at) for requirement, at in last}


def _completions(person: Person, as_at: AsAt) -> list[Completion]:
    """Return what was completed by that day and not revoked, as known then or now."""
    done = person.member.completions.filter(completed_on__lte=as_at.on)
    if as_at.known_on is None:
        return list(done.standing())
    before = end_of(as_at.known_on)
    revoked = Q(revocation__recorded_at__lt=before)
    return list(done.filter(recorded_at__lt=before).exclude(revoked))


def _proof(duty: Duty, done: Sequence[Completion]) -> Completion | None:
    """Return the completion that covers a duty longest, or did until it ended."""
    courses = {course.pk for course in duty.courses}
    return best_of(one for one in done if one.course_id in courses)
