"""Places of people who have left go to who waits; whom the session is not for is passed over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from members.dates import today
from members.models import Mail
from tests.members.factories import MemberFactory, TenureFactory
from tests.webinars.factories import SessionFactory, WebinarPageFactory
from tests.webinars.visiting import read
from webinars.booking import freeing
from webinars.booking.freeing import free_places
from webinars.booking.verbs import book, cancel_booking, fill_places
from webinars.models import Booking, Session

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member
    from members.models.post import Tenure

pytestmark = pytest.mark.django_db


def line(session: Session, *people: Member) -> list[Booking]:
    return [book(session=session, by=who) for who in people]


def leaves(member: Member) -> None:
    member.is_active = False
    member.save()


def statuses(*bookings: Booking) -> list[str]:
    return [Booking.objects.get(pk=booking.pk).status for booking in bookings]


def told(member: Member) -> list[str]:
    return [mail.key.split(":")[1] for mail in Mail.objects.filter(member=member).order_by("pk")]


# --- Who has left ---------------------------------------------------------------------------------
def test_the_place_goes_to_who_waits_and_who_left_gets_no_mail() -> None:
    bookings = line(SessionFactory(capacity=1), *MemberFactory.create_batch(3))
    left, next_one, after = bookings
    leaves(left.member)
    call_command("webinar_mails", verbosity=0)
    assert statuses(*bookings) == ["cancelled", "booked", "waiting"]
    assert (told(left.member), told(next_one.member)) == (["booked"], ["waiting", "promoted"])
    turns = Booking.objects.values_list("turn", flat=True)
    before = list(turns)
    call_command("webinar_mails", verbosity=0)
    assert list(turns) == before
    assert told(after.member) == ["waiting"]


def test_who_left_while_waiting_is_not_in_the_line_any_more() -> None:
    bookings = line(SessionFactory(capacity=1), *MemberFactory.create_batch(3))
    leaves(bookings[1].member)
    assert free_places() == 1
    assert statuses(*bookings) == ["booked", "cancelled", "waiting"]


def test_what_has_begun_or_is_cancelled_stays_as_it_is() -> None:
    begun = line(SessionFactory(live_now=True, capacity=1), *MemberFactory.create_batch(2))
    for booking in begun:
        leaves(booking.member)
    assert free_places() == 0
    assert statuses(*begun) == ["booked", "waiting"]


def test_who_has_come_back_meanwhile_keeps_the_place() -> None:
    (booking,) = line(SessionFactory(), MemberFactory())
    assert freeing._free(booking.pk, booking.member_id) is False
    assert statuses(booking) == ["booked"]


def test_with_nobody_gone_it_is_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    line(SessionFactory(), *MemberFactory.create_batch(5))
    with django_assert_num_queries(1):
        assert free_places() == 0


# --- Who does not belong any more -----------------------------------------------------------------
@pytest.fixture
def chairs() -> list[Tenure]:
    return TenureFactory.create_batch(3, chair=True)


@pytest.fixture
def for_chairs(chairs: list[Tenure]) -> Session:
    kinds = [chairs[0].post_kind]
    webinar = WebinarPageFactory(sensitive=True, title="After an assault", post_kinds=kinds)
    return SessionFactory(webinar=webinar, capacity=1)


def loses(post: Tenure) -> None:
    post.ended_on = today()
    post.started_on = today() - dt.timedelta(days=400)
    post.save()


def test_who_lost_the_post_while_waiting_is_passed_over_and_told_why(
    client: Client, chairs: list[Tenure], for_chairs: Session
) -> None:
    first, lost, _ = bookings = line(for_chairs, *(one.member for one in chairs))
    loses(chairs[1])
    cancel_booking(booking=first, by=first.member)
    assert statuses(*bookings) == ["cancelled", "cancelled", "booked"]
    assert told(lost.member) == ["waiting", "passed_over"]
    mail = Mail.objects.get(key__startswith=f"webinar:passed_over:{lost.pk}:")
    assert mail.subject.startswith("Off the waiting list: ")
    assert mail.calendar == ""
    for part in (mail.text, mail.html):
        assert "we cannot give it to you" in " ".join(part.split())
        assert "for people who hold one of these posts: CLP chair." in part
        assert "assault" not in part
    client.force_login(lost.member)
    said = read(client, for_chairs)
    assert "Your booking is cancelled" in said
    assert "for people who hold one of these posts" in said
    assert "Book again" not in said


def test_who_has_a_place_keeps_it_without_the_post(
    chairs: list[Tenure], for_chairs: Session
) -> None:
    (booking,) = line(for_chairs, chairs[0].member)
    loses(chairs[0])
    assert free_places() == 0
    assert statuses(booking) == ["booked"]


def test_nobody_waits_behind_who_is_passed_over(chairs: list[Tenure], for_chairs: Session) -> None:
    bookings = line(for_chairs, *(one.member for one in chairs))
    for post in chairs[1:]:
        loses(post)
    leaves(chairs[2].member)
    cancel_booking(booking=bookings[0], by=chairs[0].member)
    assert statuses(*bookings) == ["cancelled"] * 3
    assert told(chairs[2].member) == ["waiting"]  # has left, too: no mail
    newcomer = TenureFactory(chair=True).member
    assert statuses(*line(for_chairs, newcomer)) == ["booked"]


def test_with_places_for_all_only_who_belongs_moves_up(
    chairs: list[Tenure], for_chairs: Session
) -> None:
    bookings = line(for_chairs, *(one.member for one in chairs))
    loses(chairs[1])
    for_chairs.capacity = None
    assert fill_places(session=for_chairs) == bookings[2:]
    assert statuses(*bookings) == ["booked", "cancelled", "booked"]
