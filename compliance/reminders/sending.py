"""The verbs that remind people. Each writes the ledger and the mail together, or neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from compliance.duty.people import ids
from compliance.models import Reminder
from compliance.models.reminder import REST_DAYS
from compliance.reminders.letters import letter
from members import audit
from members.dates import today
from members.mail import post_mail
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.duty.people import Person
    from members.mail import Rendered
    from members.models import Mail, Unit


@dataclass
class Choice:
    """Of the people somebody would remind: whom they can, and whom not, and why."""

    ready: list[Person] = field(default_factory=list)
    resting: list[tuple[Person, date]] = field(default_factory=list)  # and from when they can
    unreachable: list[Person] = field(default_factory=list)  # no address


def choose(people: Iterable[Person], *, by: Member) -> Choice:
    """Return which of these people can be reminded today.

    Who has nothing to do is left out, and oneself.
    """
    asked = [person for person in people if person.status.is_open and person.member != by]
    last = _last_reminded(ids(asked))
    choice = Choice()
    for person in asked:
        if person.member.pk in last:
            again = last[person.member.pk] + timedelta(days=REST_DAYS)
            choice.resting.append((person, again))
        elif person.member.email and person.member.is_active:
            choice.ready.append(person)
        else:
            choice.unreachable.append(person)
    return choice


@transaction.atomic
def remind(*, people: Sequence[Person], unit: Unit, by: Member) -> Choice:
    """Send these people of a unit a reminder in the name of the post by which `by` oversees it.

    Nobody gets two within fourteen days, whoever sends them.
    """
    list(Member.objects.select_for_update().filter(pk__in=ids(people)).order_by("pk"))
    choice = choose(people, by=by)
    for person in choice.ready:
        key = f"reminder:{person.member.pk}:officer:{today()}"
        said = draft(person, unit=unit, by=by)
        mail = post_mail(key=key, to=person.member, kind="reminder", **said._asdict())
        entries = [(duty, f"officer {today()}") for duty in _open(person)]
        enter(person.member, entries, mail, sent_by=by, sent_as=_post(by, unit))
    if choice.ready:
        audit.record("compliance.reminded", by=by, unit=unit, about=ids(choice.ready))
    return choice


def draft(person: Person, *, unit: Unit, by: Member) -> Rendered:
    """Return the reminder that this officer of the unit would send this person today."""
    return letter(person.member, _open(person), on=today(), sent_as=_post(by, unit))


def enter(
    member: Member,
    entries: Iterable[tuple[Duty, str]],
    mail: Mail | None,
    *,
    sent_by: Member | None = None,
    sent_as: str = "",
) -> None:
    """Write into the ledger that this mail told this person of these duties, each with its code."""
    Reminder.objects.bulk_create(
        Reminder(
            member=member,
            requirement=duty.requirement,
            cycle=cycle_of(duty),
            code=code,
            mail=mail,
            sent_by=sent_by,
            sent_as=sent_as,
        )
        for duty, code in entries
    )


def cycle_of(duty: Duty) -> date:
    """Return the last day of the training that is to be renewed, else the day the duty began."""
    last = duty.covered_until or duty.ended_on
    return last if last and last >= duty.since else duty.since


def _open(person: Person) -> list[Duty]:
    return [duty for duty in person.duties if duty.status.is_open]


def _last_reminded(member_ids: Sequence[int]) -> dict[int, date]:
    resting = Reminder.objects.filter(member__in=member_ids).resting(on=today())
    found = resting.order_by("recorded_at").values_list("member", "recorded_at")
    return {pk: timezone.localdate(moment) for pk, moment in found}


def _post(by: Member, unit: Unit) -> str:
    """Return the post by which `by` oversees the unit, the nearest to it: CLP chair of Barry."""
    held = [
        tenure
        for tenure in by.posts_today
        if tenure.post_kind.oversees and unit.path.startswith(tenure.unit.path)
    ]
    nearest = max(held, key=lambda tenure: len(tenure.unit.path))
    return f"{nearest.post_kind.name} of {nearest.unit.name}"
