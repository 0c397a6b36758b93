"""The databases that are measured: kept between runs, filled anew when their party is another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "var" / "bench"
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")


def urls(members: int) -> list[str]:
    """Return the databases for a party of that size: SQLite, and PostgreSQL if it answers."""
    FILES.mkdir(parents=True, exist_ok=True)
    name = f"duty_bench_{_short(members)}"
    found = [f"sqlite:///{FILES / name}.sqlite3"]
    try:
        _create_if_missing(name)
        found.append(f"{POSTGRESQL}/{name}")
    except psycopg.OperationalError:
        print("PostgreSQL does not answer: measuring on SQLite alone.", file=sys.stderr)
    return found


def empty() -> None:
    """Empty the database that Django is connected to."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connection.close()
    file = Path(connection.settings_dict["NAME"])
    for leftover in file.parent.glob(f"{file.name}*"):
        leftover.unlink()


def _create_if_missing(name: str) -> None:
    with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True, connect_timeout=3) as link:
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _short(members: int) -> str:
    return str(members) if members % 1000 else f"{members // 1000}k"
