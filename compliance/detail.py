"""What an officer may read about one person: each duty, how it was met, the last reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max
from django.utils import timezone

from compliance.models import Reminder
from compliance.people import how_met
from members.dates import end_of

if TYPE_CHECKING:
    from datetime import date

    from compliance.duties import Duty
    from compliance.people import AsAt, Person
    from courses.models import Completion


class Detail(NamedTuple):
    """One duty as its card shows it."""

    duty: Duty
    done: Completion | None
    reminded_on: date | None


def details_of(person: Person, as_at: AsAt) -> list[Detail]:
    """Return each duty, most urgent first, in two queries."""
    reminded = _reminded(person, as_at)
    return [
        Detail(duty, done, reminded.get(duty.requirement.pk))
        for duty, done in how_met(person, as_at=as_at)
    ]


def _reminded(person: Person, as_at: AsAt) -> dict[int, date]:
    """Return, by requirement, the day of the last reminder. Without a mail nobody was told."""
    told = Reminder.objects.filter(member=person.member, recorded_at__lt=end_of(as_at.on))
    last = (
        told.exclude(mail=None).order_by().values_list("requirement").annotate(Max("recorded_at"))
    )
    return {requirement: timezone.localdate(at) for requirement, at in last}
