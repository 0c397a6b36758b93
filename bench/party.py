"""A party as large as they come: the real units, invented people, posts and completions.

Drawn from one seed and counted back from the first day of the month, so the same size makes the
same party. The CLP that is measured has as many posts in a small party as in a large one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from bench import requirements, rows
from bench.history import History
from bench.posts import Posts
from courses.models import Completion, Enrolment
from members.dates import today
from members.models import Member, Tenure, Unit
from training.demo.accounts import HOME_CLP, make_accounts
from training.demo.names import invent
from training.demo.people import ascii_only, make_branches

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 650
HOME_CROWD = 300
TENURES, COMPLETIONS = 0.144, 0.8  # for each member
SOURCES = ("party.py", "posts.py", "history.py", "requirements.py", "rows.py")
NOTE = "bench_party"  # the table that says what the database was filled with


def fingerprint(members: int) -> str:
    """Return what the party depends on: its size, the month, the migrations and this code."""
    here = Path(__file__).parent
    migrations = sorted(".".join(key) for key in MigrationLoader(None).disk_migrations)
    parts = [str(members), str(anchor()), *migrations]
    parts += [(here / name).read_text(encoding="utf-8") for name in SOURCES]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def anchor() -> dt.date:
    return today().replace(day=1)


def is_filled(mark: str) -> bool:
    """Return whether the database holds the party with this fingerprint."""
    if NOTE not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fingerprint FROM {NOTE}")  # noqa: S608 (a constant)
        return cursor.fetchone() == (mark,)


def fill(members: int, mark: str) -> dict[str, int]:
    """Fill an empty database and return how many rows of what were written."""
    call_command("migrate", verbosity=0)
    call_command("load_everything", verbosity=0)
    make_branches()
    with transaction.atomic():
        make_accounts()
        asked = requirements.make(anchor())
        counts = _fill(members, asked)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {NOTE} (fingerprint varchar(64) NOT NULL)")
            cursor.execute(f"INSERT INTO {NOTE} VALUES (%s)", [mark])  # noqa: S608
    rows.settle()
    return counts


def _fill(members: int, asked: list[requirements.Asked]) -> dict[str, int]:
    clps = list(Unit.objects.filter(kind=Unit.Kind.CLP))
    home = next(clp for clp in clps if clp.code == HOME_CLP)
    first = rows.first_free_pk(Member)
    made = {"members": rows.write(Member, people(first, members, clps, home))}
    everyone = range(first, first + members)
    crowd = everyone[:: _step(members)][:HOME_CROWD]
    posts = Posts(Random(SEED), anchor(), everyone, clps, home=home, home_crowd=crowd)
    tenures = posts.tenures(round(members * TENURES))
    made["tenures"] = rows.write(Tenure, tenures)
    history = History(Random(SEED), anchor(), asked, tenures)
    history.make(everyone, round(members * COMPLETIONS))
    made["enrolments"] = rows.write(Enrolment, history.enrolments())
    made["completions"] = rows.write(Completion, history.completions())
    return made | {"requirements": len(asked), "units": Unit.objects.count()}


def people(first: int, total: int, clps: list[Unit], home: Unit) -> Iterator[Member]:
    """Invent people; who lives in the CLP that is measured is spread over the whole party."""
    random, password, joined = Random(SEED), make_password(None), _noon(anchor())
    step = _step(total)
    for number in range(total):
        given, family = invent(random)
        yield Member(
            pk=first + number,
            membership_number=f"B{number:07}",
            given_name=given,
            family_name=family,
            email=f"{_plain(given)}.{_plain(family)}.{number}@example.org",
            home_unit_id=home.pk if number % step == 0 else clps[number % len(clps)].pk,
            is_under_18=random.random() < 0.01,
            password=password,
            joined_at=joined,
        )


def _step(total: int) -> int:
    return max(total // HOME_CROWD, 1)


@cache
def _plain(name: str) -> str:
    return ascii_only(name)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
