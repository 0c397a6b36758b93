"""The database's clock: one clock for many machines, where seconds decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime


def database_now() -> datetime:
    """Return the moment by the database's clock; SQLite's is this machine's."""
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")
        (now,) = cursor.fetchone()
    moment: datetime = now
    return moment
