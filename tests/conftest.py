"""What every test can use."""

from __future__ import annotations

import pytest
from django.db import connection


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, on SQLite, the races: writers queue there, so nothing can be shown."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if "postgresql" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (set DATABASE_URL)"))


@pytest.fixture(autouse=True)
def _append_only_tables_can_be_emptied(request: pytest.FixtureRequest) -> object:
    """Open the erasure window while a transactional test empties the database behind itself."""
    yield
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO append_only_window (opened) VALUES (1)")
