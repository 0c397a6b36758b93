"""What a webinar asks for may change later: what was decided stays decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory
from tests.webinars.reports import a_file, a_visitor, outcomes
from webinars.attendance.deciding import confirm, decide_by_hand, undo
from webinars.models import AttendanceFile, Session, WebinarPage

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


def ask(**fields: object) -> None:
    """Let the webinar ask for something else from now on."""
    WebinarPage.objects.update(**fields)


def report(session: Session, minutes: int) -> tuple[AttendanceFile, Member]:
    file = a_file(session)
    return file, a_visitor(file, minutes=(0, minutes)).member


def test_a_report_that_comes_late_changes_nobody_else(session: Session, host: Member) -> None:
    file, early = report(session, 46)  # of 60, and 75 % is asked for
    confirm(file=file, by=host)
    ask(share_needed=90)
    late, other = report(Session.objects.get(), 50)
    confirm(file=late, by=host)
    assert outcomes(session) == {early.pk: ("attended", 2760), other.pk: ("attended", 3000)}


def test_while_nothing_is_decided_the_webinar_may_still_be_put_right(
    session: Session, host: Member
) -> None:
    file, member = report(session, 46)
    ask(share_needed=90)
    confirm(file=file, by=host)
    assert outcomes(session)[member.pk][0] == "part"
    undo(file=file, by=host)
    ask(share_needed=75)
    again, member = report(session, 46)
    confirm(file=again, by=host)
    assert outcomes(session)[member.pk][0] == "attended"


def test_what_was_entered_by_hand_fixes_it_too(host: Member) -> None:
    session, member = SessionFactory(over=True, webinar__by_code=True), MemberFactory()
    decide_by_hand(session=session, member=member, outcome="attended", by=host)
    ask(counts_by="time", share_needed=1)
    session = Session.objects.get()
    assert (session.by_code, session.share) == (True, 75)
