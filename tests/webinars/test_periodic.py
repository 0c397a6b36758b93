"""What is told when its time has come, however often and by however many that is asked."""

from __future__ import annotations

import datetime as dt
from threading import get_ident
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.management import CommandError, call_command

from members.actions import decline_mail
from members.models import Mail
from tests.crowds import failures
from tests.webinars.factories import BookingFactory, SessionFactory, at
from webinars import periodic, telling
from webinars.models import WebinarPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from webinars.models import Booking, Session

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True, serialized_rollback=True)
STARTS = at(2026, 10, 13, 18, 30)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
LONG_AGO = STARTS - 10 * DAY


def booked(session: Session | None = None, **fields: object) -> Booking:
    session = session or SessionFactory(starts_at=STARTS, changed_at=LONG_AGO, capacity=None)
    return BookingFactory(session=session, **{"booked_at": LONG_AGO} | fields)


def run(moment: dt.datetime) -> list[tuple[str, str]]:
    """Run the command at that moment; return what was posted: what, and to whom."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        call_command("webinar_mails", verbosity=0)
    new = Mail.objects.exclude(pk__in=before).order_by("pk").select_related("member")
    return [(mail.key.split(":")[1], mail.member.given_name) for mail in new]


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (STARTS - 31 * MINUTE, []),
        (STARTS - 30 * MINUTE, [("way_in", "Ann")]),
        (STARTS + 59 * MINUTE, [("way_in", "Ann")]),
    ],
)
def test_the_way_in_goes_to_who_has_a_place_from_half_an_hour_before(
    moment: dt.datetime, sent: list[tuple[str, str]]
) -> None:
    booking = booked(member__given_name="Ann")
    for state in ("waiting", "cancelled"):
        booked(booking.session, **{state: True})
    assert run(moment) == sent
    assert run(moment) == []
    for mail in Mail.objects.all():
        assert mail.quiet is False
        assert booking.session.join_url in mail.text
        assert mail.subject == "Join: 6:30pm on Tuesday 13 October 2026"


def test_of_a_cancelled_session_nothing_is_sent() -> None:
    booked(SessionFactory(starts_at=STARTS, cancelled=True))
    for moment in (STARTS - DAY, STARTS, STARTS + 2 * HOUR):
        assert run(moment) == []


def test_who_books_late_has_it_from_the_booking_and_not_again() -> None:
    booking = booked(booked_at=STARTS + MINUTE)
    with time_machine.travel(STARTS + MINUTE, tick=False):
        telling.tell_booked(booking)
    assert run(STARTS + 5 * MINUTE) == []


def test_a_way_in_that_changes_is_sent_anew() -> None:
    session = booked(member__given_name="Ann").session
    assert run(STARTS)
    session.join_url, session.sequence = "https://meet.example.org/new", 1
    session.save()
    assert run(STARTS) == [("way_in", "Ann")]


def test_the_way_in_by_phone_and_through_the_sites_own_meetings() -> None:
    phone = SessionFactory(starts_at=STARTS, join_url="", dial_in="0800 123, code 9")
    booked(phone)
    booked(SessionFactory(starts_at=STARTS, tool="bigbluebutton", join_url="https://old.example"))
    run(STARTS)
    other, by_phone = Mail.objects.all()
    assert "By phone: 0800 123, code 9" in by_phone.text
    assert "from your session's page" in other.text
    assert "old.example" not in other.text


@pytest.mark.parametrize(
    ("starts", "moment", "sent"),
    [
        (STARTS, at(2026, 10, 12, 9, 59), 0),
        (STARTS, at(2026, 10, 12, 10), 1),
        (STARTS, at(2026, 10, 12, 19, 59), 1),
        (STARTS, at(2026, 10, 12, 20), 0),  # too late to write: it would arrive on the day
        (at(2026, 10, 13, 0, 30), at(2026, 10, 12, 10), 1),
        (at(2026, 10, 13, 23, 59), at(2026, 10, 12, 10), 1),
        (at(2026, 10, 14, 0, 0), at(2026, 10, 12, 10), 0),
        (at(2026, 10, 25, 23, 30), at(2026, 10, 24, 10), 1),  # a day of 25 hours
        (at(2026, 3, 30, 0, 30), at(2026, 3, 28, 10), 0),  # and one of 23 between
    ],
)
def test_the_reminder_goes_out_the_day_before_by_the_calendar_in_london(
    starts: dt.datetime, moment: dt.datetime, sent: int
) -> None:
    booked(SessionFactory(starts_at=starts), booked_at=starts - 10 * DAY)
    assert [what for what, _ in run(moment)] == ["reminder"] * sent
    assert run(moment) == []


def test_who_has_the_place_only_since_then_or_wants_none_is_not_reminded() -> None:
    moment = at(2026, 10, 12, 10)
    session = booked(member__given_name="Ann").session
    booked(session, booked_at=moment + MINUTE)
    booked(session, promoted_at=moment + MINUTE)
    booked(session, waiting=True)
    decline_mail(member=booked(session).member, kind=telling.REMINDER)
    assert run(moment + HOUR) == [("reminder", "Ann")]
    mail = Mail.objects.get()
    assert (mail.kind, mail.optional) == ("webinar-reminder", True)
    assert "Switch it off" in mail.html
    assert "/mail/" in mail.text


def test_moved_to_another_day_it_reminds_anew() -> None:
    session = booked().session
    assert run(at(2026, 10, 12, 10))
    session.set_time(STARTS + DAY, 60)
    session.save()
    assert len(run(at(2026, 10, 13, 10))) == 1


@pytest.mark.parametrize(
    ("after", "sent"),
    [(-MINUTE, []), (dt.timedelta(0), ["thanks"]), (2 * DAY - MINUTE, ["thanks"]), (2 * DAY, [])],
)
def test_thanks_come_once_and_not_after_two_days(after: dt.timedelta, sent: list[str]) -> None:
    booking = booked()
    booked(booking.session, waiting=True)
    run(STARTS)
    end = STARTS + HOUR
    assert [what for what, _ in run(end + after)] == sent
    assert run(end + after) == []


@pytest.mark.parametrize(
    ("fields", "words", "unsaid"),
    [
        ({}, "Within 3 days you see", "The recording"),
        ({"by_code": True}, "Who entered the code", "Within 3 days"),
        ({"recorded": WebinarPage.Recorded.TALK}, "The recording will be there too", "the code"),
    ],
)
def test_thanks_say_what_happens_now(fields: dict[str, object], words: str, unsaid: str) -> None:
    where = {f"webinar__{name}": value for name, value in fields.items()}
    session = booked(SessionFactory(starts_at=STARTS, **where)).session
    run(STARTS + 2 * HOUR)
    mail = Mail.objects.get()
    assert words in mail.text
    assert unsaid not in mail.text
    assert f"http://localhost:8000/feedback/session:{session.pk}/" in mail.text
    assert (mail.kind, mail.optional) == ("webinar-thanks", True)


@pytest.mark.parametrize("people", [1, 20])
def test_running_it_again_costs_the_same_however_many_were_told(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = booked().session
    for _ in range(people - 1):
        booked(session)
    run(STARTS)
    which, savepoint, lock, bookings, organisation, posted = 4, 2, 1, 1, 1, 1
    with (
        django_assert_num_queries(which + savepoint + lock + bookings + organisation + posted),
        time_machine.travel(STARTS, tick=False),
    ):
        call_command("webinar_mails", verbosity=0)


def test_what_fails_keeps_the_rest_from_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    booked()
    monkeypatch.setattr("webinars.periodic.REMIND_AT", None)
    with time_machine.travel(STARTS, tick=False), pytest.raises(CommandError, match="reminders"):
        call_command("webinar_mails")
    said = capsys.readouterr().out.split()
    assert said == ["ways", "in", "1", "places", "freed", "0", "thanks", "0"]


@pytest.fixture
def twice_at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Run it twice at the same time for thirty people; tell how many mails there are."""
    monkeypatch.setattr("members.mail._enqueue", lambda later: None)

    def run_both() -> int:
        session = booked().session
        for _ in range(29):
            booked(session)

        with time_machine.travel(STARTS, tick=False):
            assert failures(periodic.send_ways_in, periodic.send_ways_in) == []
        return Mail.objects.count()

    return run_both


@pytest.mark.postgresql
@committing
def test_twice_at_once_sends_it_once(twice_at_once: Callable[[], int]) -> None:
    assert twice_at_once() == 30


@pytest.mark.postgresql
@committing
def test_without_one_name_for_it_everybody_would_get_two(
    twice_at_once: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_state", lambda booking: get_ident())
    assert twice_at_once() == 60
