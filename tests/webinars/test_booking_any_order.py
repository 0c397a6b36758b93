"""Whatever people do in whatever order: never too many, nobody waits for a free place, in turn."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.members.factories import MemberFactory
from tests.webinars.bookers import CROWD, Bookers
from tests.webinars.factories import SessionFactory

pytestmark = pytest.mark.django_db


def test_bookings_in_any_order() -> None:
    class Here(Bookers):
        people = MemberFactory.create_batch(CROWD)
        session = SessionFactory()

    run_state_machine_as_test(
        Here, settings=settings(max_examples=25, stateful_step_count=20, deadline=None)
    )
