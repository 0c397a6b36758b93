"""What tests of webinars share. A file that needs another of the same name has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Session


@pytest.fixture
def host() -> Member:
    """Somebody who hosts what a test gives them."""
    return MemberFactory()


@pytest.fixture
def session() -> Session:
    """An hour that is over; 45 minutes are needed."""
    return SessionFactory(over=True)
