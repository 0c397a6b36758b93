"""Finding the people a file names: by e-mail address, by membership number, a few at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

BATCH = 5_000


@dataclass(frozen=True)
class People:
    """Whom an address or a number belongs to."""

    by_email: dict[str, int]
    by_number: dict[str, int]

    def named(self, email: str, number: str) -> set[int]:
        """Return whom both name together: nobody, one person, or two where they disagree."""
        found = {self.by_email.get(email), self.by_number.get(number)}
        return {person for person in found if person is not None}


def find_people(named: Iterable[tuple[str, str]]) -> People:
    """Return the people with these addresses (in small letters) and numbers."""
    pairs = list(named)
    people = Member.objects.annotate(address=Lower("email"))
    return People(
        by_email=_ids(people, "address", {email for email, _ in pairs}),
        by_number=_ids(people, "membership_number", {number for _, number in pairs}),
    )


def _ids(people: QuerySet[Member], by: str, words: set[str]) -> dict[str, int]:
    wanted = sorted(words - {""})
    found: dict[str, int] = {}
    for start in range(0, len(wanted), BATCH):
        some = people.filter(**{f"{by}__in": wanted[start : start + BATCH]})
        found.update(some.values_list(by, "pk"))
    return found
