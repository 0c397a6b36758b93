"""Two reminders at the same moment: on PostgreSQL, where writers can meet."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from compliance.duty.people import people_of
from compliance.models import Reminder
from compliance.reminders import planned
from compliance.reminders.plan import CODES
from compliance.reminders.planned import remind_planned
from compliance.reminders.sending import remind
from members.append_only import erasure_window
from members.dates import today
from members.models import AuditEvent, Mail, Member
from tests.compliance.factories import RequirementFactory
from tests.crowds import failures, shows
from tests.members.factories import PostKindFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from members.models import Unit

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PEOPLE, RUNS = 10, 6


@pytest.fixture
def clp() -> Unit:
    """A CLP whose councillors were due yesterday."""
    clp = UnitFactory(parent=UnitFactory(party=True, code="PARTY"))
    kind = PostKindFactory(councillor=True)
    began = today() - dt.timedelta(days=31)
    recorded = dt.datetime.combine(began, dt.time(), dt.UTC)
    TenureFactory.create_batch(
        PEOPLE, post_kind=kind, unit=clp, started_on=began, recorded_at=recorded
    )
    RequirementFactory(post_kinds=[kind], reminders=list(CODES))
    return clp


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the lock away: members are read, not locked."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **kwargs: found)


@pytest.fixture
def all_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run look before one of them writes."""
    met, look = threading.Barrier(RUNS), planned.to_tell

    def look_together(**asked: object) -> object:
        found = look(**asked)
        met.wait(timeout=30)
        return found

    monkeypatch.setattr(planned, "to_tell", look_together)


def run_many() -> list[Exception]:
    ids = list(Member.objects.values_list("pk", flat=True))
    return failures(*[lambda: remind_planned(member_ids=ids, on=today())] * RUNS)


def test_many_runs_at_once_tell_everybody_once(clp: Unit) -> None:
    assert run_many() == []
    assert Reminder.objects.count() == PEOPLE
    assert Mail.objects.count() == PEOPLE


def test_without_the_lock_the_keys_still_let_one_through(
    clp: Unit, unlocked: None, all_looking: None
) -> None:
    """The negative control: all have looked, all would tell; the mail's key decides."""
    assert run_many() == []
    assert Reminder.objects.count() == PEOPLE
    assert Mail.objects.count() == PEOPLE


def test_without_the_mails_key_either_the_ledger_refuses(
    clp: Unit, unlocked: None, all_looking: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without lock and mail key a second is tried, and taken back with its mail."""
    numbers = iter(range(10_000))
    post = planned.post_mail
    monkeypatch.setattr(
        planned, "post_mail", lambda key, **said: post(key=f"{key}:{next(numbers)}", **said)
    )
    failed = run_many()
    assert len(failed) == RUNS - 1
    assert all(isinstance(error, IntegrityError) for error in failed)
    assert "reminder_once" in str(failed[0])
    assert Reminder.objects.count() == PEOPLE
    assert Mail.objects.count() == PEOPLE


def officers(clp: Unit) -> list[Member]:
    kind = PostKindFactory(regional=True)
    return [TenureFactory(post_kind=kind, unit=clp.get_parent()).member for _ in range(RUNS)]


def remind_at_once(clp: Unit) -> list[Exception]:
    people = people_of(clp)[:1]
    return failures(*[lambda by=by: remind(people=people, unit=clp, by=by) for by in officers(clp)])


def test_two_officers_at_once_remind_a_person_once(clp: Unit) -> None:
    assert remind_at_once(clp) == []
    assert Mail.objects.count() == Reminder.objects.count() == 1
    assert AuditEvent.objects.filter(action="compliance.reminded").count() == 1


def test_without_the_lock_the_second_officer_fails_and_sends_nothing(
    clp: Unit, unlocked: None
) -> None:
    """The negative control: in some round both find the person rested."""

    def race() -> bool:
        with erasure_window():
            Reminder.objects.all().delete()
        Mail.objects.all().delete()
        return bool(remind_at_once(clp))

    assert shows(race)
    assert Mail.objects.count() == 1
