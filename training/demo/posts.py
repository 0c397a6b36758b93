"""The posts invented members hold: officers of every CLP, staff, and councillors."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random
from typing import TYPE_CHECKING

from members.dates import end_of, today
from members.models import Member, PostKind, Tenure, Unit
from training.demo.accounts import RICH_CLPS
from training.demo.people import BATCH, PREFIX, SEED

if TYPE_CHECKING:
    from collections.abc import Callable

HISTORY_DAYS = 3 * 365
# How often a CLP's post is filled; the rest are vacant, as in life.
OFFICERS = {
    "clp-chair": 0.94,
    "clp-secretary": 0.92,
    "clp-treasurer": 0.4,
    "womens-officer": 0.3,
    "youth-officer": 0.2,
    "mp": 0.6,
}
RICH_COUNCILLORS = 18
STAFF_PER_REGION = 4


def make_tenures(total: int, tell: Callable[[int], object]) -> None:
    """Fill posts with the invented members, `total` tenures in all, once."""
    if Tenure.objects.filter(member__membership_number__startswith=PREFIX).exists():
        return
    planned = Plan(total).tenures()
    for start in range(0, len(planned), BATCH):
        batch = planned[start : start + BATCH]
        Tenure.objects.bulk_create(batch)
        tell(len(batch))


class Plan:
    """Who holds what, drawn from the seed. A person holds a post in a unit once."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.random = Random(SEED)
        self.kinds = {kind.code: kind for kind in PostKind.objects.all()}
        self.clps = list(Unit.objects.filter(kind=Unit.Kind.CLP))
        self.people = _people_by_clp()
        self.held: dict[tuple[int, int, int], Tenure] = {}

    def tenures(self) -> list[Tenure]:
        for clp in self.clps:
            self.fill_officers(clp)
        for clp in self.clps:
            if clp.code in RICH_CLPS:
                self.fill_rich(clp)
        for region in Unit.objects.filter(kind=Unit.Kind.REGION):
            for _ in range(STAFF_PER_REGION):
                self.hold("staff", region, self.random.choice(self.clps))
        self.fill_councillors()
        return list(self.held.values())

    def fill_officers(self, clp: Unit) -> None:
        for kind, chance in OFFICERS.items():
            # The visitor's own account is the chair there.
            taken = clp.code in RICH_CLPS and kind == "clp-chair"
            if self.random.random() < chance and not taken:
                self.hold(kind, clp, clp)

    def fill_rich(self, clp: Unit) -> None:
        units = [clp, *clp.get_children()]
        for _ in range(RICH_COUNCILLORS):
            self.hold("councillor", self.random.choice(units), clp)

    def fill_councillors(self) -> None:
        """Fill up with councillors; a party too small for so many posts stays below the total."""
        for _ in range(self.total * 2):
            if len(self.held) >= self.total:
                return
            clp = self.random.choice(self.clps)
            if clp.code not in RICH_CLPS:
                self.hold("councillor", clp, clp)

    def hold(self, kind: str, unit: Unit, home: Unit) -> None:
        """Let somebody of the CLP `home` hold the post in `unit`."""
        crowd = self.people[home.pk]
        if not crowd:
            return
        member = self.random.choice(crowd)
        key = (member, self.kinds[kind].pk, unit.pk)
        self.held.setdefault(key, self.tenure(member, self.kinds[kind], unit))

    def tenure(self, member: int, kind: PostKind, unit: Unit) -> Tenure:
        """Return a tenure that began in the last three years; one in twelve has ended."""
        age = int(self.random.triangular(5, HISTORY_DAYS, 700))
        started = today() - dt.timedelta(days=age)
        ended = None
        if age > 120 and self.random.random() < 0.08:
            ended = started + dt.timedelta(days=self.random.randint(90, age - 10))
        return Tenure(
            member_id=member,
            post_kind=kind,
            unit=unit,
            started_on=started,
            ended_on=ended,
            recorded_at=end_of(ended or started),
        )


def _people_by_clp() -> dict[int, list[int]]:
    people: dict[int, list[int]] = defaultdict(list)
    grown = Member.objects.filter(membership_number__startswith=PREFIX, is_under_18=False)
    for clp, member in grown.order_by("pk").values_list("home_unit_id", "pk"):
        people[clp].append(member)
    return people
