"""A small party to which things happen: written into the database and kept as plain records."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from compliance.models import Decision, Requirement, RequirementVersion
from courses.models import Completion, CoursePage, Edition, Revocation
from members.models import Tenure
from tests.compliance.records import Done, Major, Person, Post, Said, Version, World
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, UnitFactory

LONDON = ZoneInfo("Europe/London")
PEOPLE, KINDS, COURSES, RULES = range(3), range(2), range(2), range(3)


def moment(day: dt.date) -> dt.datetime:
    """Return ten to midnight of that day in London: in summer it is not yet the next in UTC."""
    return dt.datetime.combine(day, dt.time(23, 50), LONDON)


class Party:
    """The fixed things histories are about: made once, told apart by number."""

    def __init__(self) -> None:
        party = UnitFactory(party=True)
        north, south = (UnitFactory(parent=party, region=True) for _ in range(2))
        clp = UnitFactory(parent=north)
        branch = UnitFactory(parent=clp, branch=True)
        self.units = [party, north, clp, branch, south, UnitFactory(parent=south)]
        homes = [None, clp, self.units[5]]
        joined = [dt.date(2020, 1, 1), dt.date(2024, 3, 31), dt.date(2025, 10, 26)]
        signed_in = [None, dt.date(2024, 6, 1), dt.date(2026, 2, 1)]
        self.members = [
            MemberFactory(home_unit=home, joined_at=moment(day), first_signed_in_on=first)
            for home, day, first in zip(homes, joined, signed_in, strict=True)
        ]
        self.people = {
            number: Person(
                joined[number], signed_in[number], homes[number].path if homes[number] else ""
            )
            for number in PEOPLE
        }
        self.kinds = [PostKindFactory() for _ in KINDS]
        self.courses: list[CoursePage] = [CourseFactory() for _ in COURSES]
        self.recorder = MemberFactory(is_active=False)  # asked of nobody who has left
        self.rules = [Requirement.objects.create(title=f"Rule {n}", reason="Why") for n in RULES]
        self.number = {member.pk: n for n, member in enumerate(self.members)}

    def unit(self, number: int | None) -> Any:
        return None if number is None else self.units[number]

    def path(self, number: int | None) -> str:
        return "" if number is None else self.units[number].path


class History:
    """What happened so far. Every verb writes a row and keeps a record; `clock` is today."""

    def __init__(self, party: Party, clock: dt.date) -> None:
        self.party, self.clock = party, clock
        self.world = World(dict(party.people))
        self.tenures: list[Tenure] = []
        self.completions: list[Completion] = []
        self.decisions: list[Decision] = []

    def by(self) -> dict[str, Any]:
        return {"recorded_at": moment(self.clock), "recorded_by": self.party.recorder}

    def require(self, rule: int, effective: dt.date, unit: int | None = None, **told: Any) -> None:
        version = Version(rule, effective, self.clock, unit=self.party.path(unit), **told)
        number = sum(one.rule == rule for one in self.world.versions) + 1
        row = RequirementVersion.objects.create(
            requirement=self.party.rules[rule],
            number=number,
            effective_from=effective,
            is_withdrawn=version.withdrawn,
            audience="everyone" if version.everyone else "posts",
            unit=self.party.unit(unit),
            anchor=version.anchor,
            fixed_on=version.fixed,
            grace_days=version.grace,
            **self.by(),
        )
        row.post_kinds.set([self.party.kinds[kind] for kind in version.kinds])
        row.courses.set([self.party.courses[course] for course in version.courses])
        self.world.versions.append(version)

    def hold(self, who: int, kind: int, unit: int, start: dt.date, end: dt.date | None) -> None:
        post = Post(len(self.tenures), who, kind, self.party.path(unit), start, end, self.clock)
        if (end and end <= start) or self._open_twice(post):
            return
        row = Tenure.objects.create(
            member=self.party.members[who],
            post_kind=self.party.kinds[kind],
            unit=self.party.units[unit],
            started_on=start,
            ended_on=end,
            recorded_at=moment(self.clock),
        )
        self.tenures.append(row)
        self.world.posts.append(post)

    def correct_post(self, number: int, start: dt.date, end: dt.date | None) -> None:
        """Record other days for a post; at most once a day, so that days tell them apart."""
        [place] = [n for n, one in enumerate(self.world.posts) if _is_current(one, number)]
        old = self.world.posts[place]
        new = replace(old, start=start, end=end, recorded=self.clock)
        if (end and end <= start) or old.recorded == self.clock or self._open_twice(new):
            return
        if (old.start, old.end) == (start, end):
            return
        row = self.tenures[number]
        row.started_on, row.ended_on, row.recorded_at = start, end, moment(self.clock)
        row.save()
        self.world.posts[place] = replace(old, superseded=self.clock)
        self.world.posts.append(new)

    def _open_twice(self, post: Post) -> bool:
        key = (post.member, post.kind, post.unit)
        return post.end is None and any(
            (one.member, one.kind, one.unit) == key and one.number != post.number
            for one in self.world.posts
            if one.superseded is None and one.end is None
        )

    def complete(self, who: int, course: int, on: dt.date, days: int | None, window: int) -> None:
        ends = None if days is None else on + dt.timedelta(days=days)
        opens = ends and max(on, ends - dt.timedelta(days=window))
        edition = 1 + sum(one.course == course for one in self.world.majors)
        row = Completion.objects.create(
            member=self.party.members[who],
            course=self.party.courses[course],
            course_title="Course",
            completed_on=on,
            valid_to=ends,
            renews_from=opens,
            edition_number=edition,
            recorded_at=moment(self.clock),
        )
        number = len(self.completions)
        self.completions.append(row)
        self.world.done.append(Done(number, who, course, on, ends, opens, edition, self.clock))

    def revoke(self, number: int) -> None:
        if number not in self.world.revoked:
            Revocation.objects.create(
                completion=self.completions[number], reason="A mistake", **self.by()
            )
            self.world.revoked[number] = self.clock

    def publish_major(self, course: int, until: dt.date | None) -> None:
        number = 2 + sum(one.course == course for one in self.world.majors)
        until = until and max(until, self.clock)
        Edition.objects.create(
            course=self.party.courses[course],
            number=number,
            kind="major",
            published_on=self.clock,
            old_count_until=until,
            what_changed="All of it",
            **self.by(),
        )
        self.world.majors.append(Major(course, number, self.clock, until, self.clock))

    def say(self, said: Said, unit: int | None = None) -> None:
        """Record a decision; `said` carries all but its number, its unit and the day."""
        said = replace(
            said, number=len(self.decisions), recorded=self.clock, unit=self.party.path(unit)
        )
        row = Decision.objects.create(
            kind=said.kind,
            member=self.party.members[said.member],
            requirement=None if said.rule is None else self.party.rules[said.rule],
            unit=self.party.unit(unit),
            from_on=said.begins,
            until_on=said.until,
            due_on=said.due,
            reason="other" if said.kind == "exemption" else "",
            corrects=None if said.corrects is None else self.decisions[said.corrects],
            is_withdrawn=said.withdrawn,
            **self.by(),
        )
        self.decisions.append(row)
        self.world.said.append(said)


def _is_current(post: Post, number: int) -> bool:
    return post.number == number and post.superseded is None
