"""A session is cancelled, and whoever tells people is killed twice while telling them.

Run by hand with two thousand: PEOPLE=2000 pytest tests/webinars/test_telling_killed.py
"""

from __future__ import annotations

import datetime as dt
import os
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.utils import timezone

from members.models import Mail, Member
from tests.members.factories import MemberFactory
from tests.members.test_mail_worker import WORKER, finish, manage
from tests.webinars.factories import SessionFactory
from tests.webinars.smtp_stand_in import StandIn
from training.settings import base
from webinars.models import Booking, Session
from webinars.sessions import cancel_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from subprocess import Popen

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PEOPLE = int(os.environ.get("PEOPLE", "120"))


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    settings.TASKS = base.TASKS
    with StandIn() as stand_in:
        monkeypatch.setenv("SMTP_PORT", str(stand_in.port))
        Thread(target=stand_in.serve_forever, daemon=True).start()
        yield stand_in
        stand_in.shutdown()


def full_session() -> Session:
    session = SessionFactory(soon=True, capacity=None)
    people = Member.objects.bulk_create(
        Member(given_name=f"N{n}", email=f"n{n}@example.org") for n in range(PEOPLE)
    )
    Booking.objects.bulk_create(
        Booking(
            session=session,
            member=member,
            status="booked",
            place=n,
            reference=f"T-{n}",
            booked_at=timezone.now(),
        )
        for n, member in enumerate(people, 1)
    )
    return session


def test_killed_in_the_middle_nobody_is_missed_and_nobody_told_twice(
    server: StandIn, tmp_path: Path
) -> None:
    cancel_session(session=full_session(), by=MemberFactory(administrator=True))
    assert Mail.objects.count() == PEOPLE

    # Killed between two mails: nothing of it is lost or done again.
    worker = manage(tmp_path, *WORKER)
    server.about_to_take = lambda taken: taken == PEOPLE // 4 and kill(worker)
    worker.wait(60)
    server.about_to_take = lambda taken: None
    assert server.taken.total() == Mail.objects.exclude(sent_at=None).count() == PEOPLE // 4

    # Killed after the server has a mail and before it could say so: nobody can know that it left.
    lapse()
    another = manage(tmp_path, "send_waiting_mail")
    server.has_taken = lambda taken: taken == PEOPLE // 2 and kill(another)
    another.wait(60)
    server.has_taken = lambda taken: None
    assert server.taken.total() == PEOPLE // 2
    assert Mail.objects.exclude(sent_at=None).count() == PEOPLE // 2 - 1

    lapse()
    finish(manage(tmp_path, "send_waiting_mail"))
    assert not Mail.objects.filter(sent_at=None).exists()
    expected = set(Mail.objects.values_list("member__email", "message_id"))
    assert set(server.taken) == expected
    assert len(expected) == PEOPLE
    # That one mail left again, with the same Message-ID: better twice than never.
    assert sorted(server.taken.values()) == [1] * (PEOPLE - 1) + [2]


def kill(process: Popen[bytes]) -> None:
    process.kill()
    process.wait()


def lapse() -> None:
    """Let ten minutes go by: what a dead worker held is free again."""
    Mail.objects.exclude(claimed_at=None).update(
        claimed_at=F("claimed_at") - dt.timedelta(minutes=11)
    )
