"""Run every benchmark on every database that answers, in a small and a large party.

Each result is one JSON line: name, database, members, value, unit, base (what the ratio is against)
and ratio; a line of growth says how many times the large party takes what the small one does.
Absolute values move from machine to machine; read the ratios.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bench.databases import ROOT, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = ROOT / "bench" / "results.jsonl"
LARGE = int(os.environ.get("BENCH_MEMBERS", "500000"))
SMALL = LARGE // 10


def main() -> None:
    results: list[dict[str, Any]] = []
    certificate = "1"
    for small, large in zip(urls(SMALL), urls(LARGE), strict=True):
        for members, url in ((SMALL, small), (LARGE, large)):
            results += run(url, members, certificate)
            certificate = ""
    for line in growth(results):
        print(json.dumps(line))
        results.append(line)
    RESULTS.write_text("".join(f"{json.dumps(line)}\n" for line in results), encoding="utf-8")


def run(url: str, members: int, certificate: str) -> list[dict[str, Any]]:
    environment = os.environ | {
        "BENCH_DATABASE_URL": url,
        "BENCH_MEMBERS": str(members),
        "BENCH_CERTIFICATE": certificate,
        "BENCH_IMPORT": "1" if members == SMALL else "",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    lines = []
    command = [sys.executable, "-m", "bench.run"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(json.loads(line))
    if process.returncode:
        sys.exit(process.returncode)
    return lines


def growth(results: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Compare the large party with the small one, name by name."""
    measured = {(line["database"], line["name"], line["members"]): line for line in results}
    for (database, name, members), line in measured.items():
        before = measured.get((database, name, SMALL))
        if members == LARGE and before:
            yield {
                "database": database,
                "name": f"growth: {name}",
                "from": SMALL,
                "to": LARGE,
                "ratio": round(line["value"] / before["value"], 2),
            }


if __name__ == "__main__":
    main()
