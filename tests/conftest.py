"""What every test can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from members.append_only import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, the races: writers queue there, so nothing can be shown."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if "postgresql" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (set DATABASE_URL)"))


@pytest.fixture
def _append_only_again(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Close the erasure window once the database is empty."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {WINDOW}")  # noqa: S608 (a constant)


@pytest.fixture(autouse=True)
def _append_only_tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open the erasure window while a transactional test empties the database behind itself."""
    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    # In this order, so that they end in the other: opened, emptied, closed.
    request.getfixturevalue("_append_only_again")
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {WINDOW} (opened) VALUES (1)")  # noqa: S608 (a constant)
