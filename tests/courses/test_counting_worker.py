"""A report that names many, counted by the real worker, which is killed on the way."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate
from courses import counting
from courses.finishing import to_finish
from courses.models import Completion
from tests.courses.webinars import a_report, live_course
from tests.members.factories import MemberFactory
from tests.members.test_mail_worker import WORKER, finish, manage
from training.settings import base
from webinars.attendance.deciding import confirm

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MANY = 60  # three tasks of twenty


@pytest.fixture(autouse=True)
def _a_large_report(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = base.TASKS
    monkeypatch.setattr(counting, "TOGETHER", 20)
    _, step = live_course()
    confirm(file=a_report(step, MANY), by=MemberFactory())


def everybody_is_counted_once() -> bool:
    counted = Completion.objects.values("member").distinct().count()
    return counted == Completion.objects.count() == Certificate.objects.count() == MANY


def test_the_worker_counts_them(tmp_path: Path) -> None:
    assert DBTaskResult.objects.count() == 3
    assert to_finish().count() == MANY
    finish(manage(tmp_path, *WORKER, "--batch"))
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    assert everybody_is_counted_once()


def test_what_a_killed_worker_left_is_counted_later(tmp_path: Path) -> None:
    worker = manage(tmp_path, *WORKER, "--batch")
    while worker.poll() is None and not Completion.objects.exists():
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    finish(manage(tmp_path, "count_attendance", "-v", "0"))
    assert everybody_is_counted_once()
    finish(manage(tmp_path, *WORKER, "--batch"))  # tasks that come late find nothing to do
    call_command("count_attendance", verbosity=0)
    assert everybody_is_counted_once()
