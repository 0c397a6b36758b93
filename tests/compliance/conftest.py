"""Two complete worlds, so that what belongs to one can be looked for in the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Member, Unit

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
LONG_AGO = dt.date(2025, 1, 1)
LATELY = dt.date(2026, 11, 10)


def page(client: Client, code: str, **query: str) -> str:
    """Open a unit's page and return what it says."""
    response = client.get(reverse("compliance:unit", args=[code]), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def november() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class World:
    """A CLP with a branch; every text in it carries the world's name, to be searched for."""

    name: str
    clp: Unit
    branch: Unit
    people: dict[str, Member] = field(default_factory=dict)

    @property
    def chair(self) -> Member:
        return self.people["chair"]

    @property
    def canaries(self) -> list[str]:
        theirs = [self.clp.name, self.clp.code, self.branch.name, self.branch.code]
        for member in self.people.values():
            theirs += [member.family_name, member.email, member.membership_number]
        return theirs


@dataclass
class Party:
    root: Unit
    region: Unit
    a: World
    b: World
    kinds: dict


@pytest.fixture
def party(db: None, november: object) -> Party:
    root = UnitFactory(party=True, name="The Whole Party", code="PARTY")
    region = UnitFactory(parent=root, region=True, name="The North", code="NORTH")
    kinds = {
        "chair": PostKindFactory(chair=True),
        "secretary": PostKindFactory(code="clp-secretary", name="CLP secretary", oversight="unit"),
        "councillor": PostKindFactory(councillor=True),
    }
    course = CourseFactory(title="Safeguarding essentials", validity_months=24)
    RequirementFactory(
        title="Safeguarding",
        courses=[course],
        post_kinds=[kinds["chair"], kinds["councillor"]],
        effective_from=LONG_AGO,
    )
    worlds = [_world(name, region, kinds, course) for name in ("Alder", "Birch")]
    return Party(root, region, *worlds, kinds)


def _world(name: str, region: Unit, kinds: dict, course: object) -> World:
    clp = UnitFactory(parent=region, name=f"{name} CLP", code=f"{name.upper()}1")
    branch = UnitFactory(parent=clp, branch=True, name=f"{name} branch", code=f"{name.upper()}1-1")
    world = World(name, clp, branch)
    for role in ("chair", "covered", "due", "overdue", "ended"):
        world.people[role] = MemberFactory(
            given_name=role.title(),
            family_name=f"{name}son{role}",
            email=f"{role}@{name.lower()}.example.org",
            membership_number=f"{name}-{role}",
        )
    held = {"chair": (kinds["chair"], clp, LONG_AGO), "due": (kinds["councillor"], branch, LATELY)}
    for role, member in world.people.items():
        kind, unit, since = held.get(role, (kinds["councillor"], branch, LONG_AGO))
        TenureFactory(member=member, post_kind=kind, unit=unit, started_on=since)
    done = {"chair": "2026-06-01", "covered": "2026-02-01", "ended": "2024-06-01"}
    for role, day in done.items():
        CompletionFactory(
            member=world.people[role], course=course, completed_on=dt.date.fromisoformat(day)
        )
    return world


@pytest.fixture
def client_of() -> object:
    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return sign_in


@pytest.fixture
def officer(party: Party) -> object:
    """Make somebody who oversees a unit by a post there."""

    def hold(unit: Unit, *, post: str = "regional") -> Member:
        kind = PostKindFactory(**{post: True})
        return TenureFactory(post_kind=kind, unit=unit, started_on=LONG_AGO).member

    return hold
