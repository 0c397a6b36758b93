"""Invented members, and branches for the CLPs that a visitor looks at."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from members.models import Member, Unit
from training.demo.accounts import RICH_CLPS
from training.demo.names import invent

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 2018
PREFIX = "D"  # of the membership numbers of invented people
BATCH = 5_000
RICH_CROWD = 80
BRANCHES = ("Central", "North", "South and Villages")


def make_members(total: int, tell: Callable[[int], object]) -> None:
    """Make the invented members that are still missing, up to `total`."""
    made = Member.objects.filter(membership_number__startswith=PREFIX).count()
    clps = list(Unit.objects.filter(kind=Unit.Kind.CLP).values_list("pk", flat=True))
    rich = list(Unit.objects.filter(code__in=RICH_CLPS).values_list("pk", flat=True))
    password = make_password(None)  # nobody can sign in with it
    for start in range(made, total, BATCH):
        numbers = range(start, min(start + BATCH, total))
        # The first ones live where a visitor looks.
        Member.objects.bulk_create(
            _member(n, rich if n < RICH_CROWD else clps, password) for n in numbers
        )
        tell(len(numbers))


def _member(number: int, clps: list[int], password: str) -> Member:
    random = Random(SEED + number)
    given, family = invent(random)
    address = f"{ascii_only(given)}.{ascii_only(family)}.{number}@example.org"
    return Member(
        membership_number=f"{PREFIX}{number:07}",
        given_name=given,
        family_name=family,
        email=address if random.random() < 0.97 else None,
        home_unit_id=random.choice(clps),
        is_under_18=random.random() < 0.01,
        password=password,
    )


def ascii_only(name: str) -> str:
    """Return a name as it may stand in an address: lower case, no accents, no apostrophes."""
    plain = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("ł", "l"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum()).lower()


def make_branches() -> None:
    """Give the CLPs of the demonstration accounts a few branches."""
    for clp in Unit.objects.filter(code__in=RICH_CLPS):
        for number, name in enumerate(BRANCHES, start=1):
            code = f"{clp.code}-{number}"
            if not Unit.objects.filter(code=code).exists():
                Unit.objects.get(pk=clp.pk).add_child(
                    kind=Unit.Kind.BRANCH, name=f"{clp.name} {name}", code=code, nation=clp.nation
                )
