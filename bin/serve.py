"""Serve the demonstration: the web server and the worker that sends its mail, until Ctrl+C.

Usage: python bin/serve.py PORT
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

MANAGE = [sys.executable, str(Path(__file__).resolve().parent.parent / "manage.py")]
LEFTOVERS_EVERY = 300  # seconds; what cron does on a real server
PATIENCE = 10  # seconds for a process to end by itself


def start(*command: str) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl+C reaches this script alone and it stops them in order.
    return subprocess.Popen([*MANAGE, *command], start_new_session=True)  # noqa: S603


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End them all; what does not end by itself is killed (mail under way is taken up later)."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def leave(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def serve(port: str) -> int:
    running: list[subprocess.Popen[bytes]] = []
    try:
        server = start("runserver", "--noreload", f"127.0.0.1:{port}")
        running.append(server)
        worker = start("db_worker", "--backend", "jobs", "--no-reload")
        running.append(worker)
        swept = -float(LEFTOVERS_EVERY)
        while server.poll() is None and worker.poll() is None:
            swept_already = all(sweep.poll() is not None for sweep in running[2:])
            if swept_already and time.monotonic() - swept > LEFTOVERS_EVERY:
                swept = time.monotonic()
                running[2:] = [start("send_waiting_mail", "--verbosity", "0")]
            time.sleep(0.2)
        print("The web server or the worker has ended; stopping the other.", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("\nStopping the web server and the worker.")  # noqa: T201
        return 0
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        stop(running)


if __name__ == "__main__":
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, leave)
    sys.exit(serve(sys.argv[1]))
