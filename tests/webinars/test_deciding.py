"""What is decided from reports, codes and hosts: confirm, check in, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import AuditEvent
from tests.members.factories import MemberFactory
from tests.webinars.factories import (
    AttendanceFactory,
    SessionFactory,
    WebinarPageFactory,
)
from tests.webinars.reports import a_file, a_visitor, heard, outcomes
from webinars.attendance.deciding import (
    CannotDecide,
    confirm,
    count_check_ins,
    decide_by_hand,
    outcome,
    take_back_by_hand,
    undo,
)
from webinars.models import Attendance, CheckIn, Session

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("seconds", "share", "said"),
    [
        (None, 75, "unknown"),
        (0, 75, "absent"),
        (1, 75, "part"),
        (2699, 75, "part"),
        (2700, 75, "attended"),
        (1223, 34, "part"),  # 34 % of an hour is 1224 seconds
        (1224, 34, "attended"),
        (36, 1, "attended"),
        (3599, 100, "part"),
    ],
)
def test_outcome__the_share_that_the_webinar_asks_for(
    seconds: int | None, share: int, said: str
) -> None:
    session = SessionFactory(over=True, webinar__share_needed=share)
    assert outcome(seconds, session) == said


def test_confirm__counts_who_is_matched_and_tells_the_house(session: Session, host: Member) -> None:
    file = a_file(session)
    long, short = a_visitor(file, minutes=(0, 50)), a_visitor(file, minutes=(0, 20))
    a_visitor(file, member=None, state="unmatched")
    with heard() as said:
        confirm(file=file, by=host)
    assert outcomes(session) == {
        long.member_id: ("attended", 3000),
        short.member_id: ("part", 1200),
    }
    assert {(what, who) for what, who, _ in said} == {
        ("confirmed", long.member_id),
        ("confirmed", short.member_id),
    }
    event = AuditEvent.objects.get(action="attendance.confirmed")
    assert event.subject_ids == sorted([long.member_id, short.member_id])


def test_confirm__again_changes_nothing(session: Session, host: Member) -> None:
    file = a_file(session)
    a_visitor(file)
    confirm(file=file, by=host)
    with heard() as said:
        confirm(file=file, by=host)
    assert said == []
    assert AuditEvent.objects.filter(action="attendance.confirmed").count() == 1


def test_confirm__a_second_report_that_says_the_same_tells_nobody(
    session: Session, host: Member
) -> None:
    visitor = a_visitor(a_file(session))
    same = a_visitor(a_file(session), member=visitor.member)
    confirm(file=visitor.file, by=host)
    with heard() as said:
        confirm(file=same.file, by=host)
    assert said == []


def test_confirm__two_devices_and_two_reports_are_joined_not_added(
    session: Session, host: Member
) -> None:
    first, second = a_file(session), a_file(session)
    member = a_visitor(first, minutes=(0, 20)).member
    a_visitor(first, minutes=(10, 30), member=member)
    a_visitor(second, minutes=(25, 46), member=member)
    confirm(file=first, by=host)
    assert outcomes(session) == {member.pk: ("part", 1800)}
    confirm(file=second, by=host)
    assert outcomes(session) == {member.pk: ("attended", 2760)}


def test_confirm__a_length_without_times_is_never_more_than_the_session(
    session: Session, host: Member
) -> None:
    file = a_file(session)
    stated = a_visitor(file, minutes=None, seconds=9000)
    confirm(file=file, by=host)
    assert outcomes(session) == {stated.member_id: ("attended", 3600)}


@pytest.mark.parametrize(
    ("other", "said"), [((0, 50), ("attended", 3000)), ((0, 20), ("unknown", None))]
)
def test_confirm__unknown_is_not_zero(
    session: Session, host: Member, other: tuple[int, int], said: tuple[str, int | None]
) -> None:
    file = a_file(session)
    unknown = a_visitor(file, minutes=None)
    both = a_visitor(file, minutes=None)
    a_visitor(file, minutes=other, member=both.member)
    confirm(file=file, by=host)
    assert outcomes(session) == {unknown.member_id: ("unknown", None), both.member_id: said}


def test_confirm__who_was_there_before_the_start_only_was_not_there(
    session: Session, host: Member
) -> None:
    file = a_file(session)
    a_visitor(file, minutes=(-20, 0))
    confirm(file=file, by=host)
    assert outcomes(session) == {}


@pytest.mark.parametrize("state", [{"live_now": True}, {"over": True, "cancelled": True}])
def test_confirm__only_after_a_session_that_was_held(state: dict[str, bool], host: Member) -> None:
    file = a_file(SessionFactory(**state))
    a_visitor(file)
    with pytest.raises(CannotDecide):
        confirm(file=file, by=host)
    assert not Attendance.objects.exists()


def test_by_hand__no_report_changes_it(session: Session, host: Member) -> None:
    file = a_file(session)
    member = a_visitor(file, minutes=(0, 20)).member
    confirm(file=file, by=host)
    row = decide_by_hand(session=session, member=member, outcome="attended", by=host)
    assert (row.how, row.seconds, row.decided_by) == ("hand", 1200, host)
    other = a_file(session)
    a_visitor(other, minutes=(0, 30), member=member)
    confirm(file=other, by=host)
    undo(file=file, by=host)
    assert outcomes(session) == {member.pk: ("attended", 1200)}
    take_back_by_hand(session=session, member=member, by=host)
    assert outcomes(session) == {member.pk: ("part", 1800)}


def test_by_hand__less_than_before_is_withdrawn_first(session: Session, host: Member) -> None:
    row = AttendanceFactory(session=session)
    with heard() as said:
        decide_by_hand(session=session, member=row.member, outcome="absent", by=host)
        decide_by_hand(session=session, member=row.member, outcome="absent", by=host)
    who = row.member_id
    assert said == [("withdrawn", who, "attended"), ("confirmed", who, "absent")]
    assert outcomes(session) == {who: ("absent", 0)}


def test_by_hand__nobody_decides_about_themself(session: Session, host: Member) -> None:
    with pytest.raises(CannotDecide, match="about you"):
        decide_by_hand(session=session, member=host, outcome="attended", by=host)


def test_check_ins__the_code_is_enough_where_a_webinar_says_so(host: Member) -> None:
    by_code = SessionFactory(live_now=True, webinar=WebinarPageFactory(by_code=True))
    by_time = SessionFactory(live_now=True)
    for session in (by_code, by_time):
        CheckIn.objects.create(session=session, member=host)
        count_check_ins(session=session, only=[host.pk])
    assert outcomes(by_code) == {host.pk: ("attended", None)}
    assert by_code.attendance.get().how == "code"
    assert outcomes(by_time) == {}
    assert count_check_ins(session=by_code) == []


def test_check_ins__stay_when_a_report_is_undone(host: Member) -> None:
    session = SessionFactory(over=True, webinar=WebinarPageFactory(by_code=True))
    member = MemberFactory()
    CheckIn.objects.create(session=session, member=member)
    count_check_ins(session=session, by=host)
    file = a_file(session)
    a_visitor(file, minutes=(0, 5), member=member)
    confirm(file=file, by=host)
    assert outcomes(session) == {member.pk: ("attended", 300)}
    undo(file=file, by=host)
    assert outcomes(session) == {member.pk: ("attended", None)}


def test_cost__the_same_for_two_people_and_for_forty(session: Session, host: Member) -> None:
    first, costs = a_file(session), []
    a_visitor(first)
    confirm(file=first, by=host)  # the very first writes down what counts
    for people in (2, 40):
        file = a_file(session)
        for member in MemberFactory.create_batch(people):
            a_visitor(file, member=member)
        with CaptureQueriesContext(connection) as queries:
            confirm(file=file, by=host)
        costs.append(len(queries))
    assert costs[0] == costs[1]
