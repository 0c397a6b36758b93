"""`make start` runs two processes and leaves none behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.members.test_mail_worker import database_url

PROC = Path("/proc")
pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(not PROC.exists(), reason="looks for processes in /proc"),
]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def serve(port: int, folder: Path) -> subprocess.Popen[bytes]:
    world = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.members.worker_settings",
        "DATABASE_URL": database_url(),
        "MAIL_FOLDER": str(folder),
    }
    command = [sys.executable, "bin/serve.py", str(port)]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=world)


def alive(folder: Path) -> list[str]:
    """Return the commands of the processes that were started for this folder."""
    found = []
    for process in PROC.iterdir():
        try:
            if f"MAIL_FOLDER={folder}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # no process, gone meanwhile, or somebody else's
    return found


def wait_until_it_answers(port: int) -> None:
    for _ in range(600):
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the web server did not begin")


def test_ctrl_c_stops_the_server_and_the_worker(port: int, tmp_path: Path) -> None:
    process = serve(port, tmp_path)
    wait_until_it_answers(port)
    assert any("db_worker" in command for command in alive(tmp_path))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert alive(tmp_path) == []


def test_a_port_in_use_stops_everything_too(port: int, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert serve(port, tmp_path).wait(timeout=90) == 1
    assert alive(tmp_path) == []
