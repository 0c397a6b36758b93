"""Tables that only grow: database triggers refuse UPDATE and DELETE.

Erasure is the one exception. It opens a window, a row in `append_only_window`, inside its own
transaction and closes it before the end, so no other transaction ever sees the window open.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, migrations, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

WINDOW = "append_only_window"
WINDOW_SQL = f"CREATE TABLE IF NOT EXISTS {WINDOW} (opened integer NOT NULL)"

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {window}) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM {window})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""


def append_only(table: str) -> migrations.RunPython:
    """Return the migration operation that makes `table` append-only.

    Said again it changes nothing. It must be said again after a change of the table's columns:
    SQLite makes such a table anew, without its triggers.
    """

    def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        schema_editor.execute(WINDOW_SQL)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table, window=WINDOW))
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(table=table, window=WINDOW, verb=verb))

    def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_append_only() CASCADE")
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")

    return migrations.RunPython(protect, release)


@contextmanager
def erasure_window() -> Iterator[None]:
    """Let the block change append-only tables, in one transaction that others see only whole."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {WINDOW} (opened) VALUES (1)")  # noqa: S608 (a constant)
        yield
        cursor.execute(f"DELETE FROM {WINDOW}")  # noqa: S608 (a constant)
