"""What the tests of courses share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member


@pytest.fixture(autouse=True)
def _forget_addresses() -> None:
    """Wagtail caches where sites begin; another test's site is not ours."""
    cache.clear()


@pytest.fixture
def member(client: Client) -> Member:
    """Somebody who is signed in."""
    person = MemberFactory()
    client.force_login(person)
    return person
