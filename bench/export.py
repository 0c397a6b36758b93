"""Write everybody's standing into one CSV file and print, as JSON, what that took."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

import django

STATUS = Path("/proc/self/status")  # of Linux
BYTES_OF_A_MEGABYTE = 1024 * 1024


def peak() -> float:
    """Return the most memory this process has ever held, in MB."""
    if STATUS.exists():  # there, getrusage begins with what the parent held
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / BYTES_OF_A_MEGABYTE


def main() -> None:
    django.setup()
    from bench.timing import statements, undone
    from compliance.duty.people import people_of
    from compliance.reports.handing_out import export_people
    from members.models import Member, Unit
    from training.demo.accounts import HOME_CLP

    by = Member.objects.get(email="admin@example.org")
    lines = 0

    def write(unit: Unit) -> None:
        nonlocal lines
        file = export_people(unit=unit, people=people_of(unit), reason="records", by=by)
        lines = file.content.count(b"\n")

    with undone():
        write(Unit.objects.get(code=HOME_CLP))  # loads what any file needs
        before, begun = peak(), time.perf_counter()
        sent = statements(lambda: write(Unit.objects.get(kind=Unit.Kind.PARTY)))
        took = time.perf_counter() - begun
    most = peak()
    found = {
        "peak": round(most, 1),
        "before": round(before, 1),
        "ratio": round(most / before, 2),
        "lines": lines,
        "seconds": round(took, 2),
        "queries": len(sent),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
