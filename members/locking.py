"""One thing at a time for one person."""

from __future__ import annotations

from members.models import Member


def hold_person(pk: int) -> Member:
    """Let what else waits for this person wait until the transaction is over; return them.

    Rows that only point at the person can be written meanwhile.
    """
    person: Member = Member.objects.select_for_update(no_key=True).get(pk=pk)
    return person
