"""Hosts at the same moment: told once, nothing lost, nothing left of what was undone.

The control takes the lock away, and the same races must then fail. If it does not, the test above
it proves nothing.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from members.models import AuditEvent
from tests.crowds import PAUSE, at_once, fails_in_some_round, with_pause
from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory
from tests.webinars.reports import a_file, a_visitor, heard, outcomes, zoom
from webinars.attendance import deciding, rows, staging
from webinars.attendance.deciding import CannotDecide, confirm, undo
from webinars.attendance.staging import settle, stage
from webinars.models import AttendanceFile, Session, Visitor

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def kinds_of(outcomes: list[Any]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


def confirms_tell_the_house_once() -> None:
    session, host = SessionFactory(over=True), MemberFactory()
    file = a_file(session)
    member = a_visitor(file).member
    with heard() as said:
        met = at_once(lambda: confirm(file=file, by=host), crowd=4)
    assert kinds_of(met) == {AttendanceFile}
    assert said == [("confirmed", member.pk, "attended")]
    events = AuditEvent.objects.filter(action="attendance.confirmed", actor=host)
    assert events.count() == 1


def one_is_confirmed_while_another_is_undone() -> None:
    session, host = SessionFactory(over=True), MemberFactory()
    first, second = a_file(session), a_file(session)
    member = a_visitor(first, minutes=(0, 30)).member
    a_visitor(second, minutes=(30, 60), member=member)
    confirm(file=first, by=host)
    at_once(lambda: undo(file=first, by=host), lambda: confirm(file=second, by=host), crowd=2)
    assert outcomes(session) == {member.pk: ("part", 1800)}


def a_report_is_confirmed_and_undone() -> None:
    session, host = SessionFactory(over=True), MemberFactory()
    file = a_file(session)
    a_visitor(file)

    def undo_late() -> AttendanceFile:
        time.sleep(PAUSE / 2)  # when the other has looked and not yet written
        return undo(file=file, by=host)

    met = at_once(lambda: confirm(file=file, by=host), undo_late, crowd=2)
    assert kinds_of(met) <= {AttendanceFile, CannotDecide}
    assert outcomes(session) == {}


def who_is_settled_while_it_is_confirmed_counts() -> None:
    session, host = SessionFactory(over=True), MemberFactory()
    file = a_file(session)
    visitor, member = a_visitor(file, member=None, state="doubtful"), MemberFactory()
    met = at_once(
        lambda: settle(visitor=visitor, member=member, by=host),
        lambda: confirm(file=file, by=host),
        crowd=2,
    )
    assert kinds_of(met) == {Visitor, AttendanceFile}
    assert outcomes(session) == {member.pk: ("attended", 3600)}


def one_report_is_taken_in_once() -> None:
    session, host = SessionFactory(over=True), MemberFactory()
    data = zoom(session, ("Jo", "", 0, 60))
    met = at_once(lambda: stage(session=session, data=data, name="report.csv", by=host), crowd=4)
    assert kinds_of(met) == {AttendanceFile}
    assert session.files.get().visitors.count() == 1


RACES = [
    confirms_tell_the_house_once,
    one_is_confirmed_while_another_is_undone,
    a_report_is_confirmed_and_undone,
    who_is_settled_while_it_is_confirmed_counts,
    one_report_is_taken_in_once,
]


def slowly(patch: pytest.MonkeyPatch) -> None:
    """Take a while between looking and writing: there the lock is needed."""
    for module, name in ((rows, "known_of"), (staging, "identify"), (staging, "forget_name")):
        patch.setattr(module, name, with_pause(getattr(module, name)))


def without_lock(patch: pytest.MonkeyPatch) -> None:
    for module in (deciding, staging):
        patch.setattr(
            module, "locked", lambda pk: Session.objects.select_related("webinar").get(pk=pk)
        )


def test_races_are_held(subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    for race in RACES:
        with subtests.test(race.__name__):
            race()


def test_control__without_the_lock_each_race_fails(
    subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    without_lock(monkeypatch)
    for race in RACES:
        with subtests.test(race.__name__):
            assert fails_in_some_round(race)
