"""Giving a transactional test's database back as the migrations left it.

Django empties every table and reads everything in again, which takes seconds with so many tables.
Here SQLite gets its pages back from a copy in memory; PostgreSQL empties only the tables that hold
something, and fills them from a schema beside. No trigger and no foreign key is asked: the rows
are the ones that were there before.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

BESIDE = "as_migrated"


class AsMigrated:
    """The database as it was before the first test that writes for good."""

    def __init__(self) -> None:
        self.memory: sqlite3.Connection | None = None
        self.filled: list[str] | None = None

    def keep(self) -> None:
        """Copy it, the first time."""
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            if self.memory is None:
                self.memory = sqlite3.connect(":memory:", check_same_thread=False)
                connection.connection.backup(self.memory)
        elif self.filled is None:
            self.filled = _filled()
            _run(_keeping(self.filled))

    def restore(self) -> None:
        """Put everything back. Whatever transaction the test left open is over."""
        connection.ensure_connection()
        if self.memory is not None:
            self.memory.backup(connection.connection)
        else:
            _run(_restoring(_filled(), self.filled or []))


def _filled() -> list[str]:
    """Return the tables that hold a row, in one query."""
    tables = sorted(connection.introspection.table_names())
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [row[0] for row in cursor.fetchall()]


def _keeping(tables: Iterable[str]) -> list[str]:
    copies = [f'CREATE TABLE {BESIDE}."{it}" AS TABLE public."{it}"' for it in tables]
    return [f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE", f"CREATE SCHEMA {BESIDE}", *copies]


def _restoring(now: Iterable[str], then: Iterable[str]) -> list[str]:
    return [
        "SET session_replication_role = replica",
        *(f'DELETE FROM public."{table}"' for table in now),  # noqa: S608
        *(f'INSERT INTO public."{it}" SELECT * FROM {BESIDE}."{it}"' for it in then),  # noqa: S608
        "SET session_replication_role = DEFAULT",
    ]


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
