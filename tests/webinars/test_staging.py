"""A report is taken in, and who it names is settled: nothing counts before it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from members.models import AuditEvent
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reports import a_file, a_visitor, heard, outcomes, zoom
from webinars.attendance.deciding import CannotDecide, confirm, undo
from webinars.attendance.reading import Unreadable
from webinars.attendance.staging import settle, stage
from webinars.models import Attendance, AttendanceFile, KnownName, Session, Visitor

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo(session: Session) -> Member:
    member = MemberFactory(given_name="Jo", family_name="Smith", email="jo@example.org")
    return BookingFactory(session=session, member=member).member


def test_stage__keeps_whom_it_names_and_counts_nothing(
    session: Session, host: Member, jo: Member
) -> None:
    data = zoom(session, ("Jo Smith", jo.email, -5, 50), ("A guest", "", 0, 60))
    file = stage(session=session, data=data, name="report.csv", by=host)
    found, guest = file.visitors.all()
    assert (found.member, found.state, found.reason) == (jo, "matched", "Same e-mail address")
    assert (guest.member, guest.state, guest.row) == (None, "unmatched", 3)
    assert not Attendance.objects.exists()
    assert AuditEvent.objects.get(action="attendance.uploaded").subject_ids == [jo.pk]
    confirm(file=file, by=host)
    assert outcomes(session) == {jo.pk: ("attended", 3000)}


def test_stage__the_same_file_again_is_the_one_that_is_there(
    session: Session, host: Member, jo: Member
) -> None:
    data = zoom(session, ("Jo Smith", jo.email, 0, 60))
    file = stage(session=session, data=data, name="report.csv", by=host)
    confirm(file=file, by=host)
    with heard() as said:
        assert stage(session=session, data=data, name="again.csv", by=MemberFactory()) == file
        confirm(file=file, by=host)
    assert said == []
    undo(file=file, by=host)
    assert stage(session=session, data=data, name="report.csv", by=host) != file


def test_stage__a_file_whose_names_were_deleted_unused_is_taken_anew(
    session: Session, host: Member, jo: Member
) -> None:
    data = zoom(session, ("Jo Smith", jo.email, 0, 60))
    first = stage(session=session, data=data, name="report.csv", by=host)
    first.visitors.all().delete()
    second = stage(session=session, data=data, name="report.csv", by=host)
    assert second != first
    assert second.visitors.count() == 1


def test_stage__what_cannot_be_read_leaves_nothing(session: Session, host: Member) -> None:
    with pytest.raises(Unreadable, match="We read"):
        stage(session=session, data=b"Dear all,", name="letter.txt", by=host)
    assert not AttendanceFile.objects.exists()


def test_stage__not_before_the_end(host: Member) -> None:
    session = SessionFactory(live_now=True)
    with pytest.raises(CannotDecide, match="not ended"):
        stage(session=session, data=b"", name="report.csv", by=host)


def test_settle__counts_at_once_where_the_report_counts(
    session: Session, host: Member, jo: Member
) -> None:
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="doubtful", name="Red Rosie")
    confirm(file=file, by=host)
    settle(visitor=visitor, member=jo, by=host)
    assert outcomes(session) == {jo.pk: ("attended", 3600)}
    other = MemberFactory()
    with heard() as said:
        settle(visitor=visitor, member=other, by=host)
    assert outcomes(session) == {other.pk: ("attended", 3600)}
    assert said == [("withdrawn", jo.pk, "attended"), ("confirmed", other.pk, "attended")]


def test_settle__before_the_yes_nothing_counts(session: Session, host: Member, jo: Member) -> None:
    visitor = a_visitor(a_file(session), member=None, state="doubtful")
    settle(visitor=visitor, member=jo, by=host)
    assert outcomes(session) == {}


@pytest.mark.parametrize(("ignore", "state"), [(False, "unmatched"), (True, "ignored")])
def test_settle__who_is_nobodys_waits_no_longer(
    session: Session, host: Member, ignore: bool, state: str
) -> None:
    visitor = a_visitor(a_file(session), member=None, state="doubtful")
    assert list(Visitor.objects.to_settle()) == [visitor]
    assert settle(visitor=visitor, member=None, ignore=ignore, by=host).state == state
    assert not Visitor.objects.to_settle().exists()


@pytest.mark.parametrize(
    ("facts", "learned"),
    [
        ({"name": "Red Rosie"}, ["red rosie"]),
        ({"name": "Red Rosie", "email": "rosie@example.com"}, []),
        ({"name": "iPhone"}, []),
        ({"name": "Zoom User"}, []),
        ({"name": "Galaxy A12"}, []),
        ({"name": "Rosie"}, []),
    ],
)
def test_settle__a_name_is_learned_if_it_may_only_be_theirs(
    session: Session, host: Member, jo: Member, facts: dict[str, str], learned: list[str]
) -> None:
    visitor = a_visitor(a_file(session), member=None, state="doubtful", **facts)
    settle(visitor=visitor, member=jo, by=host)
    assert [known.name for known in KnownName.objects.filter(member=jo)] == learned


def test_settle__what_turns_out_wrong_is_unlearned(
    session: Session, host: Member, jo: Member
) -> None:
    visitor = a_visitor(a_file(session), member=None, state="doubtful", name="Red Rosie")
    settle(visitor=visitor, member=jo, by=host)
    settle(visitor=visitor, member=None, by=host)
    assert not KnownName.objects.exists()


def test_settle__what_proves_right_was_learned_when_it_was(
    session: Session, host: Member, jo: Member
) -> None:
    known = KnownName.objects.create(member=jo, name="red rosie")
    file = a_file(session)
    visitor = a_visitor(file, member=jo, name="Red Rosie")
    settle(visitor=visitor, member=jo, by=host)
    assert KnownName.objects.get() == known
    undo(file=file, by=host)
    assert KnownName.objects.get() == known


def test_settle__not_as_oneself_and_not_what_was_undone(
    session: Session, host: Member, jo: Member
) -> None:
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="doubtful")
    with pytest.raises(CannotDecide, match="about you"):
        settle(visitor=visitor, member=host, by=host)
    undo(file=file, by=host)
    with pytest.raises(CannotDecide, match="undone"):
        settle(visitor=visitor, member=jo, by=host)
