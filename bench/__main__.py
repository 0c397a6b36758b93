"""Run every benchmark on every database that answers, and keep the results.

Each result is one JSON line: name, database, value, unit, base (what the ratio is against) and
ratio. Absolute values move from machine to machine; read the ratios.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.jsonl"
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
NAME = "duty_of_care_bench"


def databases() -> list[str]:
    """Return the URLs of empty databases to measure on: SQLite, and PostgreSQL if it answers."""
    scratch = ROOT / "var" / "bench.sqlite3"
    scratch.parent.mkdir(exist_ok=True)
    for leftover in scratch.parent.glob("bench.sqlite3*"):
        leftover.unlink()
    urls = [f"sqlite:///{scratch}"]
    try:
        with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True, connect_timeout=3) as link:
            name = sql.Identifier(NAME)
            link.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            link.execute(sql.SQL("CREATE DATABASE {}").format(name))
        urls.append(f"{POSTGRESQL}/{NAME}")
    except psycopg.OperationalError:
        print("PostgreSQL does not answer: measuring on SQLite alone.", file=sys.stderr)
    return urls


def main() -> None:
    lines: list[str] = []
    for url in databases():
        environment = os.environ | {
            "BENCH_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        run = [sys.executable, "-m", "bench.run"]
        with subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                lines.append(line)
        if process.returncode:
            sys.exit(process.returncode)
    RESULTS.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
