"""A BigBlueButton server to test against: its checks and its XML, on a port of this machine."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "the-secret-of-the-server"
FAILED = (
    "<response><returncode>FAILED</returncode><messageKey>{key}</messageKey>"
    "<message>{words}</message></response>"
)
DONE = "<response><returncode>SUCCESS</returncode>{body}</response>"


@dataclass
class Tool:
    """What the server knows, and how it is to misbehave."""

    url: str = ""
    secret: str = SECRET
    hash: str = "sha256"
    meetings: dict[str, dict[str, str]] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    recordings: str = ""
    calls: list[str] = field(default_factory=list)
    # Answers in place of the real one: status, headers, body.
    instead: tuple[int, dict[str, str], bytes] | None = None
    hangs_up: bool = False
    stalls: threading.Event | None = None

    def answer(self, call: str, query: str) -> str:
        if not self._is_signed(call, query):
            return FAILED.format(key="checksumError", words="Checksums do not match")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.calls.append(call)
        meeting = asked["meetingID"]
        if call == "create":
            return self._create(meeting, asked)
        if call == "isMeetingRunning":
            return DONE.format(body=f"<running>{str(meeting in self.running).lower()}</running>")
        if call == "getRecordings":
            return DONE.format(body=f"<recordings>{self.recordings}</recordings>")
        return FAILED.format(key="unsupportedRequest", words="This request is not supported.")

    def _create(self, meeting: str, asked: dict[str, str]) -> str:
        if meeting in self.meetings:  # as the real one does when no passwords are given
            return FAILED.format(key="idNotUnique", words="A meeting already exists")
        self.meetings[meeting] = asked
        return DONE.format(body=f"<meetingID>{meeting}</meetingID>")

    def _is_signed(self, call: str, query: str) -> bool:
        rest, _, given = query.rpartition("&checksum=")
        told = hashlib.new(self.hash, f"{call}{rest}{self.secret}".encode()).hexdigest()
        return told == given


class Handler(BaseHTTPRequestHandler):
    """Answers as the tool says, or misbehaves as it was told to."""

    tool: Tool

    def do_GET(self) -> None:
        if self.tool.stalls:
            self.tool.stalls.wait(5)
        if self.tool.hangs_up:
            self.close_connection = True
        elif self.tool.instead:
            self.reply(*self.tool.instead)
        else:
            self.reply(*self.proper())

    def proper(self) -> tuple[int, dict[str, str], bytes]:
        address = urlsplit(self.path)
        found = re.fullmatch(r"/bigbluebutton/api/(\w+)", address.path)
        if not found:
            return 404, {}, b""
        body = self.tool.answer(found[1], address.query)
        return 200, {"Content-Type": "text/xml"}, body.encode()

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client has had enough
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running() -> Iterator[Tool]:
    """Run a server until the block is left."""
    tool = Tool()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (Handler,), {"tool": tool}))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    tool.url = f"http://127.0.0.1:{server.server_port}/bigbluebutton/"
    try:
        yield tool
    finally:
        if tool.stalls:
            tool.stalls.set()
        server.shutdown()
        server.server_close()
