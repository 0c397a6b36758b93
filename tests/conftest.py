"""What every test can use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.browser.chromium import browser
from tests.restoring import AsMigrated

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["browser"]  # a fixture

# A busy machine is no failure. The same examples each time, so that a red run is about the change;
# new ones on request: EXPLORE=1 make test.
settings.register_profile(
    "site",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="EXPLORE" not in os.environ,
)
settings.load_profile("site")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, the races: writers queue there, so nothing can be shown."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if "postgresql" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (set DATABASE_URL)"))


@pytest.fixture(autouse=True, scope="session")
def _a_transactional_test_finds_what_the_migrations_made() -> Iterator[None]:
    """Give the database back quickly: see tests/restoring.py."""
    as_migrated = AsMigrated()

    def keep(case: type[TransactionTestCase]) -> None:
        as_migrated.keep()

    def restore(case: TransactionTestCase) -> None:
        as_migrated.restore()

    with pytest.MonkeyPatch.context() as patch:
        # A TestCase has its own way of both: a transaction that is rolled back.
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(keep))
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
