"""Who holds which post in the large party."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bench.rows import first_free_pk
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from random import Random

HISTORY_DAYS = 3 * 365
HOME_POSTS = 173  # of the CLP that is measured, whatever the size of the party
# How often a CLP's post is filled.
OFFICERS = {
    "clp-chair": 0.94,
    "clp-secretary": 0.92,
    "safeguarding-officer": 0.8,
    "clp-treasurer": 0.7,
    "clp-vice-chair": 0.7,
    "womens-officer": 0.5,
    "youth-officer": 0.4,
}
# What the others are, out of a hundred.
OTHERS = {
    "councillor": 55,
    "branch-secretary": 18,
    "branch-chair": 13,
    "staff": 8,
    "complaints-panel-member": 6,
}
ENDED, WILL_END = 0.09, 0.05


class Posts:
    """Draws tenures. A person holds a post in a unit once."""

    def __init__(  # noqa: PLR0913
        self,
        random: Random,
        anchor: dt.date,
        people: range,
        clps: list[Unit],
        *,
        home: Unit,
        home_crowd: range,
    ) -> None:
        self.random, self.anchor = random, anchor
        self.people, self.clps = people, clps
        self.home, self.home_crowd = home, home_crowd
        self.kinds = dict(PostKind.objects.values_list("code", "pk"))
        self.held: dict[tuple[int, int, int], Tenure] = {}
        self.next_pk = first_free_pk(Tenure)

    def tenures(self, total: int) -> list[Tenure]:
        """Return about `total` tenures: a very small party has too few people for so many."""
        units = [self.home, *self.home.get_children()]
        for _ in range(min(HOME_POSTS, total)):
            kind = self.other_kind()
            self.hold(kind, self.random.choice(units), self.random.choice(self.home_crowd))
        for place, clp in enumerate(self.clps):
            for kind, chance in OFFICERS.items():
                if clp != self.home and len(self.held) < total and self.random.random() < chance:
                    self.hold(kind, clp, self.somebody_of(place))
        for _ in range(total * 2):
            if len(self.held) >= total:
                break
            place = self.random.randrange(len(self.clps))
            if self.clps[place] != self.home:
                self.hold(self.other_kind(), self.clps[place], self.somebody_of(place))
        return list(self.held.values())

    def other_kind(self) -> str:
        return self.random.choices(list(OTHERS), list(OTHERS.values()))[0]

    def somebody_of(self, place: int) -> int:
        """Return a member of the CLP that stands in this place (see `party.people`)."""
        crowd = self.people[place :: len(self.clps)] or self.people
        return self.random.choice(crowd)

    def hold(self, kind: str, unit: Unit, member: int) -> None:
        key = (member, self.kinds[kind], unit.pk)
        if key in self.held:
            return
        started, ended = self.days()
        self.held[key] = Tenure(
            pk=self.next_pk,
            member_id=member,
            post_kind_id=self.kinds[kind],
            unit_id=unit.pk,
            started_on=started,
            ended_on=ended,
            recorded_at=dt.datetime.combine(started, dt.time(12), tzinfo=dt.UTC),
        )
        self.next_pk += 1

    def days(self) -> tuple[dt.date, dt.date | None]:
        """Draw from when to when: some have ended, some will end within a year."""
        age = int(self.random.triangular(5, HISTORY_DAYS, 700))
        started, chance = self.anchor - dt.timedelta(days=age), self.random.random()
        if chance < ENDED and age > 120:
            return started, started + dt.timedelta(days=self.random.randint(90, age - 10))
        if chance > 1 - WILL_END:
            return started, self.anchor + dt.timedelta(days=self.random.randint(40, 400))
        return started, None
