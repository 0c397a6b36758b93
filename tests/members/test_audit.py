"""The audit trail: one chain that only grows, on both databases, also when many write at once."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from members import audit
from members.append_only import erasure_window
from members.models import AuditEvent, AuditSubject
from members.models.audit import GENESIS
from tests.crowds import failures, shows
from tests.members.factories import MemberFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def record_some(count: int = 5) -> list[AuditEvent]:
    jo = MemberFactory()
    return [audit.record("looked", by=None, about=[jo], number=n) for n in range(count)]


# --- The chain ----------------------------------------------------------------------------------
def test_each_event_carries_the_hash_of_the_one_before() -> None:
    events = record_some(3)
    assert [event.previous_hash for event in events] == [
        GENESIS,
        events[0].hash,
        events[1].hash,
    ]
    assert audit.first_broken() is None


def test_an_event_reads_the_same_after_a_round_trip_through_the_database() -> None:
    chair, jo = MemberFactory(given_name="Siân"), MemberFactory(given_name="Łucja")
    audit.record(
        "exported", by=chair, about=[jo, jo.pk, chair], unit=UnitFactory(), note="Ŵyn", rows=2.5
    )
    event = AuditEvent.objects.get()
    assert event.hash == event.fingerprint()
    assert event.subject_ids == sorted([jo.pk, chair.pk])


def test_a_person_sees_what_others_did_with_their_record_and_not_their_own_acts() -> None:
    chair, jo = MemberFactory(), MemberFactory()
    looked = audit.record("looked", by=chair, about=[jo])
    audit.record("looked", by=jo, about=[jo])
    audit.record("looked", by=chair, about=[chair])
    assert list(AuditEvent.objects.about(jo)) == [looked]


def test_an_act_that_fails_leaves_no_event() -> None:
    @transaction.atomic
    def act() -> None:
        record_some(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not AuditEvent.objects.exists()


# --- It only grows ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEvent.objects.update(action="nothing"),
        lambda: AuditEvent.objects.first().delete(),
        lambda: AuditSubject.objects.all().delete(),
        lambda: AuditSubject.objects.update(member=MemberFactory()),
    ],
    ids=["change an event", "delete an event", "delete a subject", "change a subject"],
)
def test_the_database_refuses_to_change_or_delete(change: Callable[[], object]) -> None:
    record_some()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert AuditEvent.objects.filter(action="looked").count() == 5
    assert AuditSubject.objects.count() == 5


def test_the_window_of_erasure_is_closed_again() -> None:
    record_some()
    with erasure_window():
        AuditSubject.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(action="nothing")


# --- A change shows -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"action": "nothing"},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"detail": {"number": 99}},
        {"subject_ids": []},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_changed_row_is_found(change: dict[str, object], place: int) -> None:
    events = record_some()
    with erasure_window():
        AuditEvent.objects.filter(pk=events[place].pk).update(**change)
    broken = audit.first_broken()
    assert broken is not None
    assert broken.pk == events[place].pk


@pytest.mark.parametrize("place", [0, 2])
def test_a_missing_row_is_found(place: int) -> None:
    events = record_some()
    with erasure_window():
        AuditSubject.objects.filter(event=events[place]).delete()
        events[place].delete()
    broken = audit.first_broken()
    assert broken is not None
    assert broken.previous_hash == events[place].hash


def test_the_command_says_that_all_is_well_or_where_it_is_not() -> None:
    events = record_some()
    out = StringIO()
    call_command("check_audit", stdout=out)
    assert "5 events, unbroken" in out.getvalue()
    assert events[-1].hash in out.getvalue()
    with erasure_window():
        AuditEvent.objects.filter(pk=events[1].pk).update(action="nothing")
    with pytest.raises(CommandError, match=f"changed at event {events[1].pk}"):
        call_command("check_audit")


def test_the_command_on_an_empty_trail() -> None:
    out = StringIO()
    call_command("check_audit", stdout=out)
    assert out.getvalue() == "0 events, unbroken.\n"


# --- Many at once -------------------------------------------------------------------------------
def twenty_write_at_once() -> list[Exception]:
    """Let 20 threads append five events each, all starting together; return what went wrong."""

    def write() -> None:
        for number in range(5):
            audit.record("raced", by=None, number=number)

    return failures(*[write] * 20)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_writers_make_one_unbroken_chain() -> None:
    assert not twenty_write_at_once()
    assert AuditEvent.objects.count() == 100
    assert audit.first_broken() is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_control_without_the_lock_the_race_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the test above proves nothing. The constraint then still keeps one line."""
    monkeypatch.setattr(audit, "_lock_chain", lambda: None)
    assert shows(lambda: any(isinstance(it, DatabaseError) for it in twenty_write_at_once()))
    assert audit.first_broken() is None
