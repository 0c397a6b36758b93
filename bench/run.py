"""Fill one database with the demonstration party and measure on it."""

from __future__ import annotations

import json
import os
import sys

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    members = int(os.environ.get("BENCH_MEMBERS", "6000"))
    print(f"Filling {connection.vendor} with {members} members ...", file=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("load_everything", verbosity=0)
    call_command("demo", verbosity=0, members=members)

    from bench import certificate, pages

    results = pages.measure()
    if connection.vendor == "sqlite":  # the certificate does not depend on the database
        results.append(certificate.measure())
    for result in results:
        print(json.dumps({"database": connection.vendor, "members": members, **result}))


if __name__ == "__main__":
    main()
