"""What hosts see of people, take away and write to them; and who learns that they did."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from members import sealing
from members.models import AuditEvent, Mail
from tests.members.factories import MemberFactory
from tests.webinars.desk import of, text
from tests.webinars.factories import BookingFactory, SessionFactory
from webinars.host.messages import CannotSend, send_message
from webinars.models import AccessNeed, SentMessage

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member
    from webinars.models import Booking, Session

pytestmark = pytest.mark.django_db

ODD = "=HYPERLINK(1)"


@pytest.fixture
def host(client: Client, host: Member) -> Member:
    client.force_login(host)
    return host


@pytest.fixture
def session(host: Member) -> Session:
    return SessionFactory(hosts=[host])


@pytest.fixture
def booking(session: Session) -> Booking:
    return BookingFactory(session=session)


def need_of(booking: Booking, words: str) -> AccessNeed:
    return AccessNeed.objects.create(booking=booking, sealed=sealing.seal(words))


def events(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


# --- Who has booked ------------------------------------------------------------------------------
def test_hosts_see_a_name_and_nothing_else(
    client: Client, session: Session, booking: Booking, host: Member
) -> None:
    young = BookingFactory(session=session, waiting=True, member=MemberFactory(under_18=True))
    cancelled = BookingFactory(session=session, cancelled=True)
    page = text(client.get(of("people", session)))
    member = booking.member
    assert member.get_full_name() in page
    assert f"{young.member.get_short_name()} {young.member.family_name[:1]}." in page
    assert "On the waiting list" in page
    hidden = [member.email, member.membership_number, young.member.family_name]
    for secret in [*hidden, cancelled.member.get_full_name(), booking.reference]:
        assert secret not in page
    (event,) = events("webinars.people-viewed")
    assert (event.actor, event.subject_ids) == (host, sorted([member.pk, young.member_id]))


def test_the_queries_of_the_people(
    client: Client, session: Session, booking: Booking, django_assert_num_queries: Any
) -> None:
    client.get(of("people", session))
    queries = 17 if connection.vendor == "postgresql" else 16  # the lock of the audit's chain
    for _ in range(2):
        with django_assert_num_queries(queries):
            client.get(of("people", session))
        BookingFactory.create_batch(19, session=session)
        BookingFactory()


# --- What they need ------------------------------------------------------------------------------
def test_needs_are_read_by_hosts_and_that_is_written_down(
    client: Client, session: Session, booking: Booking
) -> None:
    need_of(booking, "Captions, please.")
    need_of(BookingFactory(session=session, cancelled=True), "Not any more")
    need_of(BookingFactory(), "Somebody else's")
    assert "What 1 person needs" in text(client.get(of("hosting", session)))
    assert not events("webinars.needs-viewed")
    page = text(client.get(of("needs", session)))
    assert "Captions, please." in page
    assert "Not any more" not in page
    assert "Somebody else" not in page
    (event,) = events("webinars.needs-viewed")
    assert event.subject_ids == [booking.member_id]
    assert "Captions" not in str(event.detail)


def test_nothing_told_is_nothing_written(client: Client, session: Session) -> None:
    assert "Nobody has told you anything" in text(client.get(of("needs", session)))
    assert not events("webinars.needs-viewed")


# --- Taking the list away ------------------------------------------------------------------------
def test_a_list_is_taken_away_for_a_reason(
    client: Client, session: Session, booking: Booking, host: Member
) -> None:
    BookingFactory(session=session, member=MemberFactory(given_name=ODD), waiting=True)
    assert not events("webinars.exported")
    assert "Choose why you need this file" in text(client.post(of("people_csv", session)))
    answer = client.post(of("people_csv", session), {"reason": "door"})
    assert answer["Content-Type"].startswith("text/csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Name,Place"
    assert rows[1] == f"{booking.member.get_full_name()},Booked"
    assert rows[2].startswith(f"'{ODD}")
    assert host.get_full_name() in rows[3]
    assert booking.member.email not in answer.content.decode()
    (event,) = events("webinars.exported")
    assert booking.member_id in event.subject_ids
    assert event.detail["reason"] == "door"
    assert event.detail["serial"] in rows[3]


def test_three_lists_a_day(client: Client, session: Session, booking: Booking) -> None:
    for _ in range(3):
        assert client.post(of("people_csv", session), {"reason": "door"}).status_code == 200
    answer = client.post(of("people_csv", session), {"reason": "door"})
    assert answer.status_code == 429
    assert "three files today" in text(answer)
    assert len(events("webinars.exported")) == 3


# --- Writing to everybody ------------------------------------------------------------------------
def message(**changes: Any) -> dict[str, Any]:
    return {"subject": "Bring a pen", "text": "And paper.", "key": uuid.uuid4()} | changes


def test_a_message_is_seen_first_and_then_sent_once(
    client: Client, session: Session, booking: Booking
) -> None:
    BookingFactory(session=session, waiting=True)
    BookingFactory(session=session, cancelled=True)
    form = message()
    assert "Check your message" in text(client.post(of("message", session), form))
    assert not SentMessage.objects.exists()
    changed = client.post(of("message", session), form | {"change": "1"})
    assert "And paper." in text(changed)
    for _ in range(2):
        page = client.post(of("message", session), form | {"send": "1"}, follow=True)
        assert "Sent to 1 person" in text(page)
    assert SentMessage.objects.get().recipients == 1
    (mail,) = Mail.objects.all()
    assert mail.member == booking.member
    assert "And paper." in mail.text
    assert "Bring a pen: to 1 person" in text(client.get(of("hosting", session)))


def test_three_messages_a_day(session: Session, booking: Booking, host: Member) -> None:
    for _ in range(3):
        send_message(session=session, by=host, **message())
    with pytest.raises(CannotSend, match="three messages today"):
        send_message(session=session, by=host, **message())


def test_to_nobody_and_about_a_cancelled_session_nothing_is_sent(
    client: Client, session: Session, host: Member
) -> None:
    page = client.post(of("message", session), message(send="1"), follow=True)
    assert "nobody to write to" in text(page)
    off = SessionFactory(hosts=[host], cancelled=True)
    with pytest.raises(CannotSend, match="cancelled"):
        send_message(session=off, by=host, **message())


@pytest.mark.parametrize(("days", "sent"), [(13, 1), (15, 0)])
def test_people_are_not_written_to_for_as_long_as_bookings_are_kept(
    client: Client, session: Session, booking: Booking, days: int, sent: int
) -> None:
    session.set_time(timezone.now() - dt.timedelta(days=days), 60)
    session.save()
    assert (of("message", session) in text(client.get(of("hosting", session)))) is bool(sent)
    page = client.post(of("message", session), message(send="1"), follow=True)
    assert ("until 14 days after" in text(page)) is not bool(sent)
    assert Mail.objects.count() == sent


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subject": " "}, "Give your message a subject"),
        ({"text": ""}, "Write your message"),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"subject": "x" * 121}, "at most 120 characters"),
        ({"key": "x"}, "out of date"),
    ],
)
def test_a_message_that_cannot_be_sent(
    client: Client, session: Session, booking: Booking, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.post(of("message", session), message(send="1") | wrong)
    assert sentence in text(answer)
    assert not SentMessage.objects.exists()


def test_a_subject_is_one_line(client: Client, session: Session, booking: Booking) -> None:
    form = message(subject="Hello\r\nBcc: everybody@example.org", send="1")
    client.post(of("message", session), form)
    assert all("\n" not in mail.subject for mail in Mail.objects.all())
