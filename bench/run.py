"""Fill one database with the party, unless it holds it already, and measure on it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    django.setup()
    from django.db import connection

    members = int(os.environ["BENCH_MEMBERS"])
    prepare(members)
    for result in measure():
        line = {"database": connection.vendor, "members": members, **result}
        print(json.dumps(line), flush=True)


def prepare(members: int) -> None:
    from django.db import connection

    from bench import databases, party

    mark = party.fingerprint(members)
    if party.is_filled(mark):
        return
    print(f"Filling {connection.vendor} with {members:,} members ...", file=sys.stderr)
    databases.empty()
    print(f"  {party.fill(members, mark)}", file=sys.stderr)


def measure() -> Iterator[dict[str, Any]]:
    from bench import (
        analysis,
        booking_spike,
        certificate,
        pages,
        quiz_pages,
        quizzes,
        reports,
        webinars,
    )
    from bench.timing import undone

    with undone():
        yield from pages.measure()
        yield from quiz_pages.measure()
        yield from reports.measure()
    yield reports.memory_of_export()
    yield from analysis.measure()
    yield from webinars.measure()
    if os.environ.get("BENCH_IMPORT"):  # the same in every party
        yield quizzes.measure()
        yield from booking_spike.measure()
    if os.environ.get("BENCH_CERTIFICATE"):  # the same whatever the database
        yield certificate.measure()


if __name__ == "__main__":
    main()
