"""Who is signed in to the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group

from tests.members.factories import MemberFactory
from training.roles import load_roles

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member


def in_group(name: str, **fields: object) -> Member:
    load_roles()
    member = MemberFactory(**fields)
    member.groups.add(Group.objects.get(name=name))
    return member


@pytest.fixture
def administrator(client: Client) -> Member:
    member = in_group("Training administrators", given_name="Ada", family_name="Marsh")
    client.force_login(member)
    return member


@pytest.fixture
def author(client: Client) -> Member:
    member = in_group("Authors")
    client.force_login(member)
    return member
