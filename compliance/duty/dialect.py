"""The few words about days that PostgreSQL and SQLite spell differently."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

TIME_ZONE = "Europe/London"


def later(*days: str) -> str:
    """Return the SQL for the latest of these days."""
    name = "GREATEST" if connection.vendor == "postgresql" else "max"
    return f"{name}({', '.join(days)})"


def earlier(*days: str) -> str:
    """Return the SQL for the earliest of these days."""
    name = "LEAST" if connection.vendor == "postgresql" else "min"
    return f"{name}({', '.join(days)})"


def plus(day: str, number: str) -> str:
    """Return the SQL for a day that many days later; the number may be negative."""
    if connection.vendor == "postgresql":
        return f"({day} + CAST({number} AS integer))"
    return f"date({day}, ({number}) || ' days')"


def between(first: str, last: str) -> str:
    """Return the SQL for the number of days from the first to the last, that one included."""
    if connection.vendor == "postgresql":
        return f"({last} - {first} + 1)"
    return f"CAST(julianday({last}) - julianday({first}) + 1 AS integer)"


def civil(moment: str) -> str:
    """Return the SQL for the day on which a moment falls in Europe/London."""
    if connection.vendor == "postgresql":
        return f"CAST({moment} AT TIME ZONE '{TIME_ZONE}' AS date)"
    return f"django_datetime_cast_date({moment}, '{TIME_ZONE}', 'UTC')"


def as_date(value: Any) -> Any:
    """Read a day that the query returned: SQLite answers in text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
