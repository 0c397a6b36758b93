"""Writing many rows at once: COPY on PostgreSQL, executemany on SQLite.

Rows are made of model instances through `_meta`, so a new column with a default needs no change.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max
from django.db.models.expressions import DatabaseDefault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from django.db.models import Field, Model

BATCH = 10_000


def first_free_pk(model: type[Model]) -> int:
    highest: int | None = model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def write(model: type[Model], instances: Iterable[Model]) -> int:
    """Write the instances, whose primary keys are set, and return how many they were."""
    stream = iter(instances)
    first = next(stream, None)
    if first is None:
        return 0
    fields = _columns(model, first)
    rows = (
        [field.get_db_prep_save(field.pre_save(one, add=True), connection) for field in fields]
        for one in chain([first], stream)
    )
    count = _write(model, fields, rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return count


def settle() -> None:
    """Leave the tables as the housekeeping of a running site does."""
    if connection.vendor == "postgresql":  # nobody analyses a SQLite file
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _columns(model: type[Model], example: Model) -> list[Field[Any, Any]]:
    """Return the fields to write: the database makes what it generates or has a default for."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(getattr(example, field.attname), DatabaseDefault)
    ]


def _write(model: type[Model], fields: list[Field[Any, Any]], rows: Iterator[list[Any]]) -> int:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in fields)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
            return count
        marks = ", ".join(["%s"] * len(fields))
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(insert, batch)
            count += len(batch)
    return count
