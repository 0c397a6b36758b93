"""A mail server for tests: it takes every mail, counts, and tells before and after each."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Conversation(StreamRequestHandler):
    """As much of RFC 5321 as Django's sender needs."""

    server: StandIn

    def handle(self) -> None:
        self.say("220 stand-in")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "RCPT":
                self.to = rest.partition(":")[2].split()[0].strip("<>")
            if verb.upper() == "DATA":
                self.server.about_to_take(self.server.taken.total())
                self.say("354 go on")
                self.take(self.read_message())
            self.say("250 well")
            if verb.upper() == "QUIT":
                return

    def read_message(self) -> bytes:
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
        raise ConnectionError  # it ended in the middle: no mail

    def take(self, message: bytes) -> None:
        self.server.taken[self.to, message_from_bytes(message)["Message-ID"]] += 1
        self.server.has_taken(self.server.taken.total())

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class StandIn(ThreadingTCPServer):
    """`taken` counts by recipient and Message-ID; the two hooks get the number taken so far."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: Counter[tuple[str, str]] = Counter()
        self.about_to_take: Callable[[int], object] = lambda number: None
        self.has_taken: Callable[[int], object] = lambda number: None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever was killed in the middle hangs up; that is what is tested."""
