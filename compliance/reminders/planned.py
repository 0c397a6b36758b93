"""The verb that sends what the plan has for a day, to some members at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.duty import terms
from compliance.duty.duties import Grounds, make
from compliance.reminders.letters import letter
from compliance.reminders.reminding import to_tell
from compliance.reminders.sending import enter
from members.mail import post_mail
from members.models import Member, Tenure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from compliance.duty.duties import Duty
    from compliance.duty.terms import Terms
    from compliance.reminders.reminding import Told

TOGETHER = 25  # people in one transaction: SQLite has one writer, and nobody should wait for it


def remind_planned(*, member_ids: Sequence[int], on: date) -> int:
    """Tell these members what the plan has for them that day; return how many were told.

    Safe to repeat, also at the same moment: what one run has told no other tells again.
    """
    asked = terms.in_force(on=on)
    ids = sorted(member_ids)
    batches = [ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER)]
    return sum(_remind(batch, asked, on) for batch in batches)


@transaction.atomic
def _remind(member_ids: Sequence[int], asked: Sequence[Terms], on: date) -> int:
    # Whoever else would remind these people waits here, and then finds what is written below.
    locked = Member.objects.select_for_update().filter(pk__in=member_ids).order_by("pk")
    members = {member.pk: member for member in locked}
    found = to_tell(on=on, asked=asked, member_ids=member_ids)
    return sum(_tell(members[pk], things, on) for pk, things in _by_person(found, asked, on))


def _by_person(
    found: Sequence[Told], asked: Sequence[Terms], on: date
) -> Iterator[tuple[int, list[tuple[Duty, str]]]]:
    """Give each person with the duties they are to be told of, each with its code."""
    theirs = defaultdict(list)
    for item in found:
        theirs[item.member_id].append(item)
    held = defaultdict(list)
    for tenure in Tenure.objects.with_posts(on=on).filter(member__in=theirs):
        held[tenure.member_id].append(tenure)
    by_hand = terms.assignments(asked, on=on, member_ids=list(theirs))
    for pk, items in theirs.items():
        grounds = Grounds(held[pk], by_hand[pk], is_member=True)
        yield pk, [(make(it.term, grounds, it.found, on=on), it.code) for it in items]


def _tell(member: Member, things: Sequence[tuple[Duty, str]], on: date) -> bool:
    """Write one mail for all of it into the outbox, and what it told into the ledger."""
    if not member.email:
        enter(member, things, None)
        return False
    said = letter(member, [duty for duty, _ in things], on=on)
    key = f"reminder:{member.pk}:{on}"
    mail = post_mail(key=key, to=member, kind="reminder", **said._asdict())
    if mail is None:  # one of the plan's mails a day is enough; the rest waits for tomorrow
        return False
    enter(member, things, mail)
    return True
