"""People at a real web server, over HTTP, who note what it acknowledged; and that server."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings as site
from django.test import Client

from tests.members.test_mail_worker import database_url

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from members.models import Member

TOKEN = "t" * 32  # the same in the cookie and in the form is all that Django asks for
OPTIONS = 2


class Server:
    """Gunicorn with two processes of four threads, at a socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self.door = str(folder / "door")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        world = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.quizzes.server_settings",
            "DATABASE_URL": database_url(),
            "DEBUG": "0",
            "DEMO_MODE": "0",
        }
        command = [sys.executable, "-m", "gunicorn", "training.wsgi", "--preload"]
        command += ["--workers", "2", "--threads", "4", "--bind", f"unix:{self.door}"]
        command += ["--log-level", "error"]
        self.process = subprocess.Popen(
            command, cwd=site.BASE_DIR, env=world, start_new_session=True
        )

    def kill(self) -> None:
        """Kill it with all its processes, without a word of warning."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Door(HTTPConnection):
    """A connection to a server at a socket in a folder."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


@dataclass
class Note:
    """What somebody knows of one answer: acknowledged, and tried since without an answer."""

    acknowledged: int | None = None
    tried: set[int] = field(default_factory=set)


class Visitor(threading.Thread):
    """Sits the quiz of a course as several people, one after the other, until told to stop."""

    def __init__(self, number: int, members: Sequence[Member], step: str, door: str) -> None:
        super().__init__()
        self.random = Random(number)  # noqa: S311 (nothing secret)
        self.sessions = [_session(member) for member in members]
        self.step, self.door = step, door
        self.stop = threading.Event()
        self.notes: dict[tuple[int, int], Note] = {}
        self.submitted: set[int] = set()
        self.acknowledged = 0
        self.refused: list[tuple[str, int]] = []

    def run(self) -> None:
        while self.sessions and not self.stop.is_set():
            session = self.random.choice(self.sessions)
            try:
                self._sit(session)
            except _Stopped:
                return

    def _sit(self, session: str) -> None:
        where = self._ask(session, self.step, {})
        found = re.match(r"/quizzes/(\d+)/", where)
        if not found:  # it was passed before
            self.sessions.remove(session)
            return
        sitting = int(found[1])
        for position in self.random.choices([1, 2], k=5):
            self._answer(session, sitting, position)
        self._ask(session, f"/quizzes/{sitting}/check/", {})
        self.submitted.add(sitting)

    def _answer(self, session: str, sitting: int, position: int) -> None:
        address = f"/quizzes/{sitting}/{position}/"
        found = re.search(r'name="question" value="(\d+)"', self._ask(session, address))
        assert found, address
        place = self.random.randrange(OPTIONS)
        note = self.notes.setdefault((sitting, position), Note())
        note.tried.add(place)
        self._ask(session, address, {"question": found[1], "choice": str(place)})
        note.acknowledged, note.tried = place, set()
        self.acknowledged += 1

    def _ask(self, session: str, address: str, data: dict[str, str] | None = None) -> str:
        """Get or post, again and again while nobody answers; return the page, or where it leads."""
        while not self.stop.is_set():
            try:
                status, text = once(self.door, session, address, data)
            except (OSError, HTTPException):
                time.sleep(0.02)
                continue
            if status != (200 if data is None else 302):
                self.refused.append((address, status))
                raise _Stopped
            return text
        raise _Stopped


class _Stopped(Exception):  # noqa: N818
    """The visitor goes home."""


def once(
    door: str, session: str, address: str, data: dict[str, str] | None = None
) -> tuple[int, str]:
    """Ask once; return the status, and the page or where it leads."""
    line = Door(door)
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    try:
        if data is None:
            line.request("GET", address, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data | {"csrfmiddlewaretoken": TOKEN})
            line.request("POST", address, body, headers)
        response = line.getresponse()
        text = response.read().decode()
        return response.status, response.headers.get("Location", text)
    finally:
        line.close()


def _session(member: Member) -> str:
    client = Client()
    client.force_login(member)
    return str(client.cookies["sessionid"].value)
