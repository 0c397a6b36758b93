"""Undoing a report, what is left when its names are deleted, and closing attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from members.models import AuditEvent
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory
from tests.webinars.reports import a_file, a_visitor, heard, outcomes
from webinars.attendance.deciding import (
    CannotDecide,
    close_attendance,
    confirm,
    count_check_ins,
    undo,
)
from webinars.attendance.staging import settle
from webinars.models import CheckIn, KnownName

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Session

pytestmark = pytest.mark.django_db


def test_undo__as_if_it_had_never_been(session: Session, host: Member) -> None:
    kept, wrong = a_file(session), a_file(session)
    both = a_visitor(kept, minutes=(0, 10)).member
    a_visitor(wrong, minutes=(0, 60), member=both)
    alone = a_visitor(wrong).member
    confirm(file=kept, by=host)
    before = outcomes(session)
    confirm(file=wrong, by=host)
    with heard() as said:
        undo(file=wrong, by=host)
    assert outcomes(session) == before == {both.pk: ("part", 600)}
    assert said == [
        ("withdrawn", both.pk, "attended"),
        ("withdrawn", alone.pk, "attended"),
        ("confirmed", both.pk, "part"),
    ]
    assert AuditEvent.objects.get(action="attendance.undone").subject_ids == [both.pk, alone.pk]
    assert not wrong.visitors.exists()
    with heard() as said:
        undo(file=wrong, by=host)
    assert said == []


def test_undo__forgets_the_names_it_taught_and_no_others(session: Session, host: Member) -> None:
    jo, al = MemberFactory(), MemberFactory()
    before, file, other = (a_file(session) for _ in range(3))
    for taught, member, name in (
        (before, jo, "Red Rosie"),
        (file, jo, "Red Rosie"),
        (file, jo, "Bunny Rabbit"),
        (file, al, "Bunny Rabbit"),
        (other, al, "Bunny Rabbit"),
    ):
        visitor = a_visitor(taught, member=None, state="doubtful", name=name)
        settle(visitor=visitor, member=member, by=host)
    KnownName.objects.filter(name="red rosie").update(learned_at=before.uploaded_at)
    before.visitors.all().delete()  # as they are after 30 days
    a_visitor(file, member=al, name="Not Settled")
    undo(file=file, by=host)
    assert set(KnownName.objects.values_list("member", "name")) == {
        (jo.pk, "red rosie"),
        (al.pk, "bunny rabbit"),
    }


def test_undo__what_was_undone_is_not_confirmed_again(session: Session, host: Member) -> None:
    file = a_file(session)
    a_visitor(file)
    undo(file=file, by=host)
    with pytest.raises(CannotDecide, match="Upload it again"):
        confirm(file=file, by=host)


def test_undo__not_once_the_names_are_deleted(session: Session, host: Member) -> None:
    file = a_file(session)
    member = a_visitor(file).member
    confirm(file=file, by=host)
    file.visitors.all().delete()
    with pytest.raises(CannotDecide, match="30 days"):
        undo(file=file, by=host)
    assert outcomes(session) == {member.pk: ("attended", 3600)}


def test_confirm__once_names_are_deleted_a_late_report_only_adds(
    session: Session, host: Member
) -> None:
    first, late = a_file(session), a_file(session)
    gone = a_visitor(first).member
    less, more = a_visitor(first).member, a_visitor(first, minutes=(0, 10)).member
    confirm(file=first, by=host)
    first.visitors.all().delete()
    a_visitor(late, minutes=(0, 5), member=less)
    a_visitor(late, member=more)
    new = a_visitor(late, minutes=(0, 5)).member
    confirm(file=late, by=host)
    assert outcomes(session) == {
        gone.pk: ("attended", 3600),
        less.pk: ("attended", 3600),
        more.pk: ("attended", 3600),
        new.pk: ("part", 300),
    }


def test_confirm__once_check_ins_are_deleted_they_still_count(host: Member) -> None:
    session = SessionFactory(over=True, webinar=WebinarPageFactory(by_code=True))
    check_in = CheckIn.objects.create(session=session, member=MemberFactory())
    count_check_ins(session=session)
    check_in.delete()
    file = a_file(session)
    other = a_visitor(file, minutes=(0, 5)).member
    confirm(file=file, by=host)
    assert outcomes(session) == {
        check_in.member_id: ("attended", None),
        other.pk: ("part", 300),
    }
    with pytest.raises(CannotDecide, match="30 days"):
        undo(file=file, by=host)


def test_close__who_had_a_place_and_was_not_seen_was_absent(session: Session, host: Member) -> None:
    seen, unseen = BookingFactory(session=session), BookingFactory(session=session)
    BookingFactory(session=session, waiting=True)
    BookingFactory(session=session, cancelled=True)
    file, late = a_file(session), a_file(session)
    a_visitor(file, member=seen.member)
    confirm(file=file, by=host)
    close_attendance(session=session, by=host)
    assert outcomes(session)[unseen.member_id] == ("absent", 0)
    assert len(outcomes(session)) == 2
    with heard() as said:
        close_attendance(session=session, by=host)
    assert said == []
    a_visitor(late, member=unseen.member)
    confirm(file=late, by=host)
    assert outcomes(session)[unseen.member_id] == ("attended", 3600)
    undo(file=late, by=host)
    assert outcomes(session)[unseen.member_id] == ("absent", 0)


def test_undo__opens_attendance_that_was_closed_on_the_strength_of_it(
    session: Session, host: Member
) -> None:
    booked = BookingFactory(session=session).member
    file = a_file(session)
    a_visitor(file, member=booked)
    confirm(file=file, by=host)
    close_attendance(session=session, by=host)
    undo(file=file, by=host)
    session.refresh_from_db()
    assert session.attendance_closed_at is None
    assert outcomes(session) == {}
