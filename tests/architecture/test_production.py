"""Production refuses to start when something that protects people is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "training.example.org",
    "DATABASE_URL": "postgres://somebody@localhost/duty_of_care",
    "SITE_URL": "https://training.example.org",
}


def start(*, then: str = "pass", **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **GOOD}
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    return subprocess.run(
        [sys.executable, "-c", f"import training.settings.production as settings; {then}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_everything_in_place() -> None:
    assert start().returncode == 0, start().stderr


def test_strangers_cannot_fill_the_cache_until_somebodys_wrong_tries_fall_out() -> None:
    counted = start(then='print(settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"])')
    assert int(counted.stdout or 0) >= 1_000_000, counted.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "Set the environment variable SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": None}, "Set the environment variable ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "must name the site's hosts"),
        ({"DATABASE_URL": None}, "Set the environment variable DATABASE_URL"),
        ({"DATABASE_URL": f"sqlite:///{ROOT / 'db.sqlite3'}"}, "demonstration database"),
        ({"SITE_URL": None}, "Set the environment variable SITE_URL"),
        ({"DEMO_MODE": "1"}, "DEMO_MODE is for development only"),
    ],
)
def test_it_refuses_and_says_why(changes: dict[str, str | None], sentence: str) -> None:
    result = start(**changes)
    assert result.returncode != 0
    assert sentence in result.stderr
