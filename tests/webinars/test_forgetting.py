"""What was kept for long enough is deleted; of attendance the figures stay."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from feedback.models import Given
from members.dates import add_period, today
from members.mail import post_mail
from members.models import Mail
from members.sealing import seal
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory
from webinars import forgetting
from webinars.forgetting import forget, keep_figures, would_forget
from webinars.models import (
    AccessNeed,
    Attendance,
    AttendanceFile,
    Booking,
    CheckIn,
    CheckInCode,
    KnownName,
    SentMessage,
    SessionFigure,
    Visitor,
)
from webinars.reports.figures import Figures, Period

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Session

pytestmark = pytest.mark.django_db


def session_of(day: dt.date, **fields: Any) -> Session:
    """Return a session in the evening of that day."""
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(19)))
    return SessionFactory(starts_at=at, dial_in="0123", **fields)


def something_of_everything(session: Session) -> Member:
    """Let somebody book, need something, come, and be in a file; return them."""
    member = MemberFactory()
    booking = BookingFactory(session=session, member=member)
    AccessNeed.objects.create(booking=booking, sealed=seal("A quiet room"))
    AttendanceFactory(session=session, member=member)
    CheckIn.objects.create(session=session, member=member)
    CheckInCode.objects.create(
        session=session,
        code="ABC",
        opens_at=session.starts_at,
        closes_at=session.ends_at,
        opened_by=member,
    )
    file = AttendanceFile.objects.create(
        session=session, name="a.csv", digest=uuid4().hex, layout="meet", uploaded_by=member
    )
    AttendanceFile.objects.filter(pk=file.pk).update(notes=["Row 3: Ada has no times."])
    Visitor.objects.create(file=file, row=1, name="Ada", state=Visitor.State.UNMATCHED)
    SentMessage.objects.create(
        session=session, subject="Hello", text="x", key=uuid4(), sent_by=member
    )
    return member


def left(session: Session) -> dict[str, int]:
    """Return how much there is of each."""
    session.refresh_from_db()
    mine = {"session": session}
    return {
        "link": bool(session.join_url) + bool(session.dial_in),
        "needs": AccessNeed.objects.filter(booking__session=session).count(),
        "people": Visitor.objects.filter(file__session=session).count(),
        "notes": sum(len(file.notes) for file in session.files.all()),
        "in": CheckIn.objects.filter(**mine).count(),
        "codes": CheckInCode.objects.filter(**mine).count(),
        "messages": SentMessage.objects.filter(**mine).count(),
        "bookings": Booking.objects.filter(**mine).count(),
        "attendance": Attendance.objects.filter(**mine).count(),
    }


ALL = dict.fromkeys(
    ["needs", "people", "notes", "in", "codes", "messages", "bookings", "attendance"], 1
) | {"link": 2}
A_WEEK = ALL | {"link": 0}
A_MONTH = A_WEEK | dict.fromkeys(["needs", "people", "notes", "in", "codes"], 0)
A_YEAR = dict.fromkeys(ALL, 0)


@pytest.mark.parametrize(
    ("ago", "stays"),
    [
        ({"days": -6}, ALL),
        ({"days": -7}, A_WEEK),
        ({"days": -29}, A_WEEK),
        ({"days": -30}, A_MONTH),
        ({"months": -12, "days": 1}, A_MONTH),
        ({"months": -12}, A_YEAR),
    ],
)
def test_each_thing_is_kept_for_its_time(ago: dict[str, int], stays: dict[str, int]) -> None:
    session = session_of(add_period(today(), **ago))
    something_of_everything(session)
    due = would_forget()
    assert left(session) == ALL
    assert forget() == due
    assert left(session) == stays
    assert not any(forget().values())


def test_the_command_says_first_what_it_would_do() -> None:
    session = session_of(add_period(today(), days=-40))
    something_of_everything(session)
    said = StringIO()
    call_command("forget_webinars", "--check", stdout=said)
    assert "1 access needs" in said.getvalue()
    assert "Nothing was changed" in said.getvalue()
    assert left(session) == ALL
    call_command("forget_webinars", stdout=said)
    assert "Forgotten: 1 joining links" in said.getvalue()
    assert left(session) == A_MONTH


# --- Figures stay ---------------------------------------------------------------------------------
def crowd(session: Session) -> None:
    """People of two regions, with posts and without, who came or did not."""
    party = UnitFactory(party=True)
    homes = [UnitFactory(parent=UnitFactory(parent=party, region=True)) for _ in range(2)]
    kinds = [PostKindFactory(), PostKindFactory()]
    for number in range(9):
        member = MemberFactory(home_unit=[*homes, None][number % 3])
        if number < 7:
            BookingFactory(session=session, member=member)
        for kind in kinds[: number % 3]:
            TenureFactory(member=member, post_kind=kind, started_on=dt.date(2020, 1, 1))
        traits = [{}, {"part": True}, {"absent": True}][number // 3]
        AttendanceFactory(session=session, member=member, **traits)


def report(viewer: Member) -> list[Any]:
    figures = Figures(viewer, Period(add_period(today(), years=-3), today()))
    return [figures.bars, figures.sentence, [line.numbers for line in figures.by_region]]


def test_no_figure_moves_on_the_day_attendance_is_forgotten() -> None:
    viewer = MemberFactory(administrator=True)
    crowd(session_of(add_period(today(), months=-14)))
    crowd(session_of(add_period(today(), months=-1)))
    before = report(viewer)
    forget()
    assert Attendance.objects.count() == 9
    assert report(viewer) == before
    assert not any(forget().values())


def test_stopped_in_the_middle_nothing_is_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = MemberFactory(administrator=True)
    first, second = (session_of(add_period(today(), months=-n)) for n in (15, 14))
    crowd(first)
    crowd(second)
    before = report(viewer)
    write = forgetting.write

    def stop_at_the_second(figures: Any) -> None:
        rows = list(figures)
        write(rows)
        if any(row.session_id == second.pk for row in rows):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "write", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            forget()
    assert set(SessionFigure.objects.values_list("session", flat=True)) == {first.pk}
    assert report(viewer) == before
    forget()
    assert report(viewer) == before
    assert not Booking.objects.exists()


def test_control__figures_that_stay_beside_attendance_count_twice() -> None:
    viewer = MemberFactory(administrator=True)
    session = session_of(add_period(today(), months=-14))
    crowd(session)
    before = report(viewer)
    SessionFigure.objects.create(session=session, attended=1)
    assert report(viewer) != before


def test_what_is_recorded_late_is_added() -> None:
    session = session_of(add_period(today(), months=-14))
    assert keep_figures(session.pk) is False
    AttendanceFactory(session=session)
    assert keep_figures(session.pk) is True
    AttendanceFactory(session=session)
    keep_figures(session.pk)
    assert session.figures.get().attended == 2


# --- That somebody gave feedback ------------------------------------------------------------------
def test_notes_of_feedback_go_when_nobody_could_answer_again() -> None:
    ago = {days: add_period(today(), days=-days) for days in (29, 30, 60)}
    over, recent, coming = session_of(ago[60]), session_of(ago[29]), SessionFactory()

    def note(about: str, on: dt.date) -> str:
        Given.objects.create(member=MemberFactory(), about=about, moment="before", on=on)
        return about

    gone = [
        note(f"session:{over.pk}", ago[60]),
        note("course:1", ago[30]),
        note("session:0", ago[60]),
    ]
    stay = [
        note("course:2", ago[29]),
        note(f"session:{recent.pk}", ago[60]),
        note(f"session:{coming.pk}", ago[60]),
    ]
    assert forget()["notes of feedback given"] == len(gone)
    assert set(Given.objects.values_list("about", flat=True)) == set(stay)


@pytest.mark.parametrize(("day", "stays"), [(14, True), (15, False)])
def test_names_people_came_under_are_known_for_a_year(day: int, stays: bool) -> None:
    at = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
    KnownName.objects.create(member=MemberFactory(), name="red rosie", learned_at=at)
    assert forget(dt.date(2028, 3, day))["names people came under"] == (not stays)
    assert KnownName.objects.exists() == stays


@pytest.mark.parametrize(("days", "stays"), [(6, True), (9, False)])
def test_a_mail_with_the_joining_link_goes_with_the_link(days: int, stays: bool) -> None:
    said = {"kind": "webinar", "subject": "Your session", "text": "https://meet", "html": ""}
    way_in = post_mail(key="webinar:way_in:1:1", to=MemberFactory(), **said)
    other = post_mail(key="webinar:booked:1:1", to=MemberFactory(), **said)
    assert way_in
    assert other
    Mail.objects.update(created_at=timezone.now() - dt.timedelta(days=days))
    forget()
    assert set(Mail.objects.all()) == ({way_in, other} if stays else {other})
