"""What every test can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from members.append_only import erasure_window
from tests.browser.chromium import browser

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["browser"]  # a fixture

# A busy machine is no failure.
settings.register_profile("site", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("site")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, the races: writers queue there, so nothing can be shown."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if "postgresql" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (set DATABASE_URL)"))


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Let a transactional test empty the database behind itself: within the erasure window."""
    empty = TransactionTestCase._fixture_teardown

    def empty_within_the_window(case: TransactionTestCase) -> None:
        with erasure_window():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_within_the_window)
        yield
