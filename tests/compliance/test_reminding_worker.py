"""The day's reminders by the real worker, killed while it writes them and while it sends them."""

from __future__ import annotations

import datetime as dt
import signal
import time
from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.utils import timezone

from compliance.models import Reminder
from compliance.reminders.plan import CODES
from members.dates import today
from members.models import Mail, Tenure
from members.tasks import deliver_waiting
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory, PostKindFactory, UnitFactory
from tests.members.test_mail_worker import WORKER, deliveries, files, finish, manage
from training.settings import base

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MANY = 400  # two tasks of two hundred people


@pytest.fixture(autouse=True)
def jobs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = base.TASKS
    monkeypatch.setenv("DEMO_MODE", "0")


@pytest.fixture
def people(jobs: None) -> set[int]:
    """Four hundred councillors whose training was due yesterday."""
    kind, unit = PostKindFactory(councillor=True), UnitFactory(party=True, code="PARTY")
    began = today() - dt.timedelta(days=31)
    members = MemberFactory.create_batch(MANY)
    Tenure.objects.bulk_create(
        Tenure(
            member=member,
            post_kind=kind,
            unit=unit,
            started_on=began,
            recorded_at=timezone.now() - dt.timedelta(days=31),
        )
        for member in members
    )
    RequirementFactory(post_kinds=[kind], reminders=list(CODES))
    return {member.pk for member in members}


def kill_when(worker: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not reached():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "the worker did not begin"
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def let_it_be_day() -> None:
    """Let mail leave whenever this test runs, and what a dead worker held be free again."""
    Mail.objects.unsettled().update(
        quiet=False,
        not_before=timezone.now(),
        claimed_at=F("claimed_at") - dt.timedelta(minutes=11),
    )
    deliver_waiting.enqueue()


def test_killed_twice_nobody_gets_two_and_nobody_is_missed(
    people: set[int], tmp_path: Path
) -> None:
    finish(manage(tmp_path, "remind"))
    kill_when(manage(tmp_path, *WORKER), lambda: Reminder.objects.count() >= MANY // 8)
    told = Reminder.objects.count()
    assert 0 < told < MANY, "it was killed while it wrote"
    assert told == Mail.objects.count()

    finish(manage(tmp_path, "remind"))
    finish(manage(tmp_path, "remind"))  # cron, an hour later
    worker = manage(tmp_path, *WORKER)
    kill_when(worker, lambda: Reminder.objects.count() == MANY)
    let_it_be_day()
    already = len(deliveries(tmp_path))
    worker = manage(tmp_path, *WORKER)
    kill_when(worker, lambda: len(deliveries(tmp_path)) >= min(already + MANY // 8, MANY))
    let_it_be_day()
    finish(manage(tmp_path, "remind"))
    finish(manage(tmp_path, *WORKER, "--batch"))

    entries = Reminder.objects.values_list("member", "code", "mail__member")
    assert sorted(entries) == sorted((pk, "overdue+1", pk) for pk in people)
    assert not Mail.objects.filter(sent_at=None).exists()
    assert files(tmp_path) == set(Mail.objects.values_list("message_id", flat=True))
    assert len(files(tmp_path)) == MANY
    counted = deliveries(tmp_path)
    # What a worker had in hand when it was killed may have gone out twice, with one Message-ID.
    assert sum(counted.values()) - MANY <= 2
