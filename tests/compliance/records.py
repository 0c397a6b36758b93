"""What can happen in a party, as plain records: what the naive reading of the rules reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Version:
    rule: int
    effective: dt.date
    recorded: dt.date
    kinds: frozenset[int] = frozenset()
    courses: frozenset[int] = frozenset()
    unit: str = ""
    grace: int = 30
    everyone: bool = False
    withdrawn: bool = False
    anchor: str = "start"
    fixed: dt.date | None = None


@dataclass(frozen=True)
class Post:
    number: int
    member: int
    kind: int
    unit: str
    start: dt.date
    end: dt.date | None
    recorded: dt.date
    superseded: dt.date | None = None  # the day something else was recorded in its place


@dataclass(frozen=True)
class Done:
    number: int
    member: int
    course: int
    on: dt.date
    valid_to: dt.date | None
    renews: dt.date | None
    edition: int
    recorded: dt.date


@dataclass(frozen=True)
class Major:
    course: int
    number: int
    published: dt.date
    until: dt.date | None
    recorded: dt.date


@dataclass(frozen=True)
class Said:
    number: int
    kind: str
    member: int
    recorded: dt.date
    begins: dt.date
    until: dt.date | None = None
    rule: int | None = None
    unit: str = ""
    due: dt.date | None = None
    corrects: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Person:
    joined: dt.date
    signed_in: dt.date | None = None
    home: str = ""


@dataclass
class World:
    """All that ever happened, in the order in which it was recorded."""

    people: dict[int, Person] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    revoked: dict[int, dt.date] = field(default_factory=dict)  # number of the completion: recorded
    majors: list[Major] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def as_known(self, day: dt.date) -> World:
        """Return the world with only what was on record when that day was over."""
        return World(
            self.people,
            [one for one in self.versions if one.recorded <= day],
            [
                one
                for one in self.posts
                if one.recorded <= day and (one.superseded is None or one.superseded > day)
            ],
            [one for one in self.done if one.recorded <= day],
            {number: at for number, at in self.revoked.items() if at <= day},
            [one for one in self.majors if one.recorded <= day],
            [one for one in self.said if one.recorded <= day],
        )

    def now(self) -> World:
        return self.as_known(dt.date.max)
