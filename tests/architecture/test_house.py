"""The house's customs that a linter does not know."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUNK_DRAWERS = {"core", "utils", "common", "helpers", "misc"}


def tracked(pattern: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).exists()]


@pytest.fixture(scope="module")
def sources() -> list[Path]:
    files = [path for path in tracked("*.py") if "migrations" not in path.parts]
    if not files:
        pytest.skip("not a git checkout: the list of files comes from git")
    return files


def test_files_stay_small(sources: list[Path]) -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources if (n := lines(p)) > 250}
    assert not long


def test_no_junk_drawers(sources: list[Path]) -> None:
    names = {path.stem for path in sources} | {path.parent.name for path in sources}
    assert not names & JUNK_DRAWERS


def test_nothing_built_or_borrowed_is_committed() -> None:
    for pattern in ("*.min.js", "*.min.css", "*.woff2", "*.woff", "*.ttf", "*.otf"):
        assert not tracked(pattern), pattern


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
