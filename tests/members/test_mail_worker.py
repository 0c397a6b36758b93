"""The real worker in a process of its own, and the moment it is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from members.mail import post_mail
from members.models import Mail
from tests.members.factories import MemberFactory
from tests.members.mail_servers import LOG
from training.settings import base

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MANY = 500
SAID = {"kind": "reminder", "subject": "Training", "text": "Hello", "html": ""}
WORKER = ("db_worker", "--backend", "jobs", "--no-reload", "--no-startup-delay")


@pytest.fixture(autouse=True)
def jobs(settings: Settings) -> None:
    settings.TASKS = base.TASKS


def database_url() -> str:
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    who = ":".join(quote(str(named[part]), safe="") for part in ("USER", "PASSWORD"))
    return f"postgres://{who}@{named['HOST']}:{named['PORT'] or 5432}/{named['NAME']}"


def manage(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    world = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.members.worker_settings",
        "DATABASE_URL": database_url(),
        "MAIL_FOLDER": str(folder),
    }
    return subprocess.Popen([sys.executable, "manage.py", *command], cwd=site.BASE_DIR, env=world)


def finish(process: subprocess.Popen[bytes]) -> None:
    assert process.wait(timeout=120) == 0


def post(number: int) -> None:
    """Post that many mails; not quiet ones, for a test must not wait for the morning."""
    members = MemberFactory.create_batch(10)
    with transaction.atomic():
        for n in range(number):
            assert post_mail(key=f"reminder:{n}", to=members[n % 10], quiet=False, **SAID)


def deliveries(folder: Path) -> Counter[str]:
    log = folder / LOG
    lines = log.read_text().splitlines() if log.exists() else []
    return Counter(line.split()[0] for line in lines)


def files(folder: Path) -> set[str]:
    return {message_from_bytes(path.read_bytes())["Message-ID"] for path in folder.glob("*.eml")}


def test_the_worker_delivers_what_was_posted_with_one_task(tmp_path: Path) -> None:
    post(3)
    assert DBTaskResult.objects.count() == 1
    finish(manage(tmp_path, *WORKER, "--batch"))
    task = DBTaskResult.objects.get()
    assert (task.status, task.return_value) == ("SUCCESSFUL", 3)
    assert files(tmp_path) == set(Mail.objects.values_list("message_id", flat=True))


def test_mail_posted_at_night_starts_a_delivery_in_the_morning(tmp_path: Path) -> None:
    from members import mail

    morning = dt.datetime(2036, 1, 1, 8, tzinfo=dt.UTC)
    mail._deliver_after_commit(morning)
    assert DBTaskResult.objects.get().run_after == morning


def test_a_worker_killed_half_way_leaves_nobody_out_and_sends_nobody_two(tmp_path: Path) -> None:
    post(MANY)
    worker = manage(tmp_path, *WORKER)
    deadline = time.monotonic() + 60
    while len(deliveries(tmp_path)) < MANY // 4:
        assert time.monotonic() < deadline, "the worker did not begin"
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    sent_before = Mail.objects.exclude(sent_at=None).count()
    in_dead_hands = Mail.objects.unsettled().exclude(claimed_at=None)
    assert 0 < sent_before < MANY, "it was killed half-way"
    assert in_dead_hands.exists()

    # What the dead one does not hold leaves at once, the rest when its claim has lapsed.
    held = set(in_dead_hands.values_list("message_id", flat=True))
    finish(manage(tmp_path, "send_waiting_mail"))
    assert set(Mail.objects.unsettled().values_list("message_id", flat=True)) == held
    in_dead_hands.update(claimed_at=F("claimed_at") - dt.timedelta(minutes=11))
    post_mail(key="another", to=MemberFactory(), quiet=False, **SAID)
    finish(manage(tmp_path, *WORKER, "--batch"))

    everybody = set(Mail.objects.values_list("message_id", flat=True))
    assert not Mail.objects.filter(sent_at=None).exists()
    assert files(tmp_path) == everybody
    counted = deliveries(tmp_path)
    assert len(everybody) == MANY + 1
    # The one it had in hand when it was killed may have gone out twice, with one Message-ID.
    assert sum(counted.values()) - len(everybody) <= 1
    assert set(counted) >= everybody - held
