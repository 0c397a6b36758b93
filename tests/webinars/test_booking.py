"""Taking a place, waiting for one, giving it back."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from members.dates import moment_words
from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory, WebinarPageFactory
from webinars.booking.verbs import (
    CannotBook,
    CannotCancel,
    Clash,
    book,
    cancel_booking,
    fill_places,
    void_bookings,
)
from webinars.models import AccessNeed, Booking, Session, WebinarSettings
from webinars.sessions import cancel_session

pytestmark = pytest.mark.django_db


def people(number: int) -> list:
    return MemberFactory.create_batch(number)


def full(places: int = 2, waiting: int = 0) -> tuple[Session, list[Booking]]:
    """A session of so many places, all taken, and who waits behind them."""
    session = SessionFactory(capacity=places)
    return session, [book(session=session, by=who) for who in people(places + waiting)]


def fresh(booking: Booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def test_a_place_has_a_number_and_a_reference() -> None:
    booking = book(session=SessionFactory(), by=MemberFactory())
    assert (booking.status, booking.place, booking.turn) == ("booked", 1, 1)
    assert re.fullmatch("[2-9B-DF-HJ-KMNP-TV-Z]{4}-[2-9B-DF-HJ-KMNP-TV-Z]{4}", booking.reference)


def test_booked_twice_is_booked_once() -> None:
    session, who = SessionFactory(), MemberFactory()
    first, second = book(session=session, by=who), book(session=session, by=who)
    assert first == second
    assert second.turn == 1


def test_without_a_capacity_everybody_has_a_place() -> None:
    session = SessionFactory(capacity=None)
    assert [book(session=session, by=who).place for who in people(3)] == [1, 2, 3]


def test_whoever_comes_when_it_is_full_waits_in_order() -> None:
    _, bookings = full(places=1, waiting=2)
    assert [(one.status, one.waiting_number) for one in bookings] == [
        ("booked", None),
        ("waiting", 1),
        ("waiting", 2),
    ]


def test_who_waits_longest_gets_the_free_place() -> None:
    _, (booked, first, second) = full(places=1, waiting=2)
    cancel_booking(booking=booked, by=booked.member)
    assert (fresh(first).status, fresh(first).place, fresh(first).turn) == ("booked", 1, 2)
    assert fresh(first).promoted_at
    assert fresh(second).is_waiting


def test_the_smallest_free_number_is_given_again() -> None:
    session, bookings = full(places=3)
    for booking in bookings[:2]:
        cancel_booking(booking=booking, by=booking.member)
    assert book(session=session, by=MemberFactory()).place == 1


def test_a_newcomer_never_jumps_who_waits() -> None:
    """Not even when a place came free because somebody's record was deleted."""
    session, (booked, *waiting) = full(places=1, waiting=2)
    booked.delete()
    newcomer = book(session=session, by=MemberFactory())
    assert [fresh(one).status for one in waiting] == ["booked", "waiting"]
    assert newcomer.waiting_number > fresh(waiting[1]).waiting_number


def test_more_places_go_to_who_waits() -> None:
    session, bookings = full(places=1, waiting=3)
    session.capacity = 3
    assert fill_places(session=session) == bookings[1:3]
    session.capacity = None
    assert fill_places(session=session) == bookings[3:]


def test_with_fewer_places_than_numbers_nobody_is_let_in_too_many() -> None:
    """Places 4 and 5 of a session that has three now still count."""
    session, bookings = full(places=5)
    for booking in bookings[:3]:
        cancel_booking(booking=booking, by=booking.member)
    Session.objects.filter(pk=session.pk).update(capacity=3)
    assert [book(session=session, by=who).status for who in people(2)] == ["booked", "waiting"]


def test_who_cancels_and_books_again_is_last() -> None:
    session, (_, first, second) = full(places=1, waiting=2)
    cancel_booking(booking=first, by=first.member)
    again = book(session=session, by=first.member)
    assert again.pk == first.pk
    assert again.reference == first.reference
    assert again.waiting_number > second.waiting_number
    assert (again.turn, again.cancelled_at) == (3, None)


def test_cancelled_twice_is_cancelled_once() -> None:
    booking = book(session=SessionFactory(), by=MemberFactory())
    once = cancel_booking(booking=booking, by=booking.member)
    assert once.is_cancelled
    assert cancel_booking(booking=booking, by=booking.member).turn == once.turn


def test_nobody_cancels_for_somebody_else() -> None:
    booking = book(session=SessionFactory(), by=MemberFactory())
    with pytest.raises(PermissionDenied):
        cancel_booking(booking=booking, by=MemberFactory())


def test_what_is_over_is_not_cancelled() -> None:
    booking = book(session=SessionFactory(live_now=True), by=MemberFactory())
    Session.objects.update(starts_at=timezone.now().replace(year=2025), ends_at=timezone.now())
    with pytest.raises(CannotCancel, match="is over"):
        cancel_booking(booking=booking, by=booking.member)


# --- What somebody needs -------------------------------------------------------------------------
def test_a_need_is_sealed_and_goes_with_the_place() -> None:
    session, who = SessionFactory(), MemberFactory()
    booking = book(session=session, by=who, needs=" A sign language interpreter ")
    assert booking.need.text == "A sign language interpreter"
    assert "language" not in booking.need.sealed
    cancel_booking(booking=booking, by=who)
    assert not AccessNeed.objects.exists()
    book(session=session, by=who)
    assert not AccessNeed.objects.exists()


def test_a_need_goes_when_the_session_is_called_off() -> None:
    host = MemberFactory()
    session = SessionFactory(hosts=[host])
    book(session=session, by=MemberFactory(), needs="Captions")
    cancel_session(session=session, by=host)
    assert not AccessNeed.objects.exists()


def test_a_need_sent_later_replaces_the_first_and_nothing_takes_none_back() -> None:
    session, who = SessionFactory(), MemberFactory()
    for needs in ("Captions", "Captions and a break", ""):
        book(session=session, by=who, needs=needs)
    assert AccessNeed.objects.get().text == "Captions and a break"


# --- Refusals ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("session", "reason"),
    [
        ({"cancelled": True}, "was cancelled"),
        ({"over": True}, "is over"),
        ({"webinar__draft": True}, "cannot be booked"),
        ({"webinar__minimum_age": 18}, "aged 18"),
    ],
)
def test_what_cannot_be_booked(session: dict[str, object], reason: str) -> None:
    with pytest.raises(CannotBook, match=reason):
        book(session=SessionFactory(**session), by=MemberFactory(under_18=True))
    assert not Booking.objects.exists()


def test_one_session_of_a_webinar_at_a_time() -> None:
    webinar, who = WebinarPageFactory(), MemberFactory()
    first = SessionFactory(webinar=webinar)
    second = SessionFactory(webinar=webinar, starts_at=first.starts_at.replace(hour=9, minute=30))
    mine = book(session=first, by=who)
    with pytest.raises(CannotBook, match=re.escape(moment_words(first.starts_at))):
        book(session=second, by=who)
    cancel_booking(booking=mine, by=who)
    assert book(session=second, by=who).is_booked


def test_so_many_sessions_and_no_more() -> None:
    settings = WebinarSettings.load()
    settings.most_bookings = 2
    settings.save()
    who = MemberFactory()
    old = SessionFactory(over=True)
    Booking.objects.create(
        session=old, member=who, status="booked", place=1, reference="OLD", booked_at=timezone.now()
    )
    first = book(session=SessionFactory(), by=who)
    book(session=SessionFactory(), by=who, despite_clash=True)
    with pytest.raises(CannotBook, match="for 2 sessions"):
        book(session=SessionFactory(), by=who, despite_clash=True)
    cancel_booking(booking=first, by=who)
    assert book(session=SessionFactory(), by=who, despite_clash=True)


def test_a_clash_is_named_and_may_be_booked_all_the_same() -> None:
    who = MemberFactory()
    mine = book(session=SessionFactory(), by=who)
    same_time = SessionFactory(starts_at=mine.session.starts_at)
    with pytest.raises(Clash, match=mine.session.webinar.title) as refused:
        book(session=same_time, by=who)
    assert refused.value.other == mine
    assert book(session=same_time, by=who, despite_clash=True).is_booked


def test_one_after_the_other_is_no_clash() -> None:
    who = MemberFactory()
    mine = book(session=SessionFactory(), by=who)
    assert book(session=SessionFactory(starts_at=mine.session.ends_at), by=who)


# --- A cancelled session -------------------------------------------------------------------------
def test_a_cancelled_session_cancels_every_booking_and_promotes_nobody() -> None:
    session, bookings = full(places=1, waiting=1)
    own = cancel_booking(booking=book(session=session, by=(who := MemberFactory())), by=who)
    session.cancelled_at = timezone.now()
    session.save()
    assert void_bookings(session=session) == bookings
    assert fill_places(session=session) == []
    assert {fresh(one).cancelled_at for one in bookings} == {session.cancelled_at}
    assert fresh(own).cancelled_at < session.cancelled_at
