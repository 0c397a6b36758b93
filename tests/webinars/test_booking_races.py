"""Many people at once: the last place is sold once, and nobody waits while a place is free.

The controls take a guard away, and the same races must then fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from members.models import Member
from tests.crowds import CROWD, after_pause, at_once, fails_in_some_round
from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory
from webinars import sessions
from webinars.booking import verbs
from webinars.booking.freeing import free_places
from webinars.booking.verbs import CannotBook, book, cancel_booking
from webinars.models import Booking, Session, WebinarSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 10
PLACE_ONCE = next(c for c in Booking._meta.constraints if c.name == "booking_place_once")
WAITS_ONCE = next(c for c in Booking._meta.constraints if c.name == "booking_waits_once")


def books(session: Session, *people: Member) -> Iterator[Callable[[], Booking]]:
    for who in people:
        yield lambda who=who: book(session=session, by=who)


def cancels(booking: Booking) -> Callable[[], Booking]:
    return lambda: cancel_booking(booking=booking, by=booking.member)


def a_session(places: int = 1, **fields: Any) -> Session:
    session: Session = SessionFactory(capacity=places, **fields)
    return session


def kinds_of(outcomes: list[Any]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


def places(session: Session) -> list[int]:
    return sorted(session.bookings.booked().values_list("place", flat=True))


# --- Races ---------------------------------------------------------------------------------------
def the_last_place_is_sold_once() -> None:
    session = a_session(places=2)
    book(session=session, by=MemberFactory())
    outcomes = at_once(*books(session, *MemberFactory.create_batch(CROWD)))
    assert kinds_of(outcomes) == {Booking}
    assert places(session) == [1, 2]
    line = session.bookings.waiting().values_list("waiting_number", flat=True)
    assert list(line) == list(range(1, CROWD))


def never_too_many_whatever_people_see() -> None:
    session = a_session(places=1)
    at_once(*books(session, *MemberFactory.create_batch(CROWD)))
    assert len(places(session)) == 1


def who_cancels_makes_room_for_one() -> None:
    session = a_session()
    first = book(session=session, by=MemberFactory())
    outcomes = at_once(cancels(first), *books(session, *MemberFactory.create_batch(CROWD - 1)))
    assert kinds_of(outcomes) == {Booking}
    assert places(session) == [1]
    assert session.bookings.waiting().count() == CROWD - 2


def who_leaves_the_line_is_not_moved_up() -> None:
    session = a_session()
    booked, next_one, after = (
        book(session=session, by=who) for who in MemberFactory.create_batch(3)
    )
    outcomes = at_once(cancels(booked), cancels(next_one), crowd=2)
    assert kinds_of(outcomes) == {Booking}
    assert session.bookings.booked().get() == after
    assert not session.bookings.waiting().exists()


def the_place_of_who_left_is_given_once() -> None:
    """Freed twice at once, while the next in line leaves it."""
    session = a_session()
    gone, next_one, after = (book(session=session, by=who) for who in MemberFactory.create_batch(3))
    Member.objects.filter(pk=gone.member_id).update(is_active=False)
    outcomes = at_once(free_places, cancels(next_one), free_places, crowd=3)
    assert kinds_of(outcomes) == {int, Booking}
    assert session.bookings.booked().get() == after
    assert not session.bookings.waiting().exists()
    gone.refresh_from_db()
    assert (gone.status, gone.turn) == ("cancelled", 2)


def a_cancelled_session_has_no_bookings() -> None:
    host = MemberFactory(administrator=True)
    session = a_session(places=2)
    people = MemberFactory.create_batch(CROWD - 1)
    off = lambda: sessions.cancel_session(session=session, by=host)  # noqa: E731
    outcomes = at_once(*books(session, *people[:3]), off, *books(session, *people[3:]))
    assert kinds_of(outcomes) <= {Booking, Session, CannotBook}
    assert not session.bookings.active().exists()


def one_person_books_once() -> None:
    session, who = a_session(places=3), MemberFactory()
    outcomes = at_once(*books(session, who))
    assert kinds_of(outcomes) == {Booking}
    assert places(session) == [1]


def one_person_books_no_more_than_allowed() -> None:
    settings = WebinarSettings.load()
    settings.most_bookings = 2
    settings.save()
    who = MemberFactory()
    several = [a_session() for _ in range(4)]
    outcomes = at_once(
        *(lambda it=it: book(session=it, by=who, despite_clash=True) for it in several)
    )
    assert kinds_of(outcomes) == {Booking, CannotBook}
    assert who.bookings.count() == 2


def one_person_books_one_session_of_a_webinar() -> None:
    first = a_session()
    second = a_session(webinar=first.webinar)
    who = MemberFactory()
    outcomes = at_once(*books(first, who), *books(second, who))
    assert kinds_of(outcomes) == {Booking, CannotBook}
    assert who.bookings.count() == 1


OF_A_SESSION = [
    the_last_place_is_sold_once,
    who_cancels_makes_room_for_one,
    who_leaves_the_line_is_not_moved_up,
    the_place_of_who_left_is_given_once,
    a_cancelled_session_has_no_bookings,
]
OF_A_PERSON = [
    one_person_books_once,
    one_person_books_no_more_than_allowed,
    one_person_books_one_session_of_a_webinar,
]


# --- Guards, taken away --------------------------------------------------------------------------
def without_session_lock(patch: pytest.MonkeyPatch) -> None:
    def unlocked(pk: int) -> Session:
        return Session.objects.get(pk=pk)

    patch.setattr(verbs, "lock_session", unlocked)
    patch.setattr(sessions, "lock_session", unlocked)


def without_member_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(verbs, "_one_booking_at_a_time", lambda member: None)


# Without which guard which of them fail.
NEEDS = [(without_session_lock, OF_A_SESSION), (without_member_lock, OF_A_PERSON)]


def slowly(patch: pytest.MonkeyPatch) -> None:
    """Take a while between looking and writing: there the guards are needed."""
    patch.setattr(Booking, "save", after_pause(Booking.save))


# Few tests, each with many races: who commits empties the database afterwards, and that is slow.
def test_races_are_held(subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch) -> None:
    with subtests.test("many rounds"):
        for _ in range(ROUNDS):
            the_last_place_is_sold_once()
    slowly(monkeypatch)
    for race in (*OF_A_SESSION, *OF_A_PERSON):
        with subtests.test(race.__name__):
            race()


def test_control__without_its_guard_each_race_fails(
    subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    for take_away, races in NEEDS:
        for race in races:
            with subtests.test(race.__name__), monkeypatch.context() as patch:
                take_away(patch)
                assert fails_in_some_round(race)


def test_control__without_the_lock_the_database_still_sells_a_place_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slowly(monkeypatch)
    without_session_lock(monkeypatch)
    never_too_many_whatever_people_see()
    with connection.schema_editor() as editor:
        for constraint in (PLACE_ONCE, WAITS_ONCE):
            editor.remove_constraint(Booking, constraint)
    try:
        assert fails_in_some_round(never_too_many_whatever_people_see)
    finally:
        Booking.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in (PLACE_ONCE, WAITS_ONCE):
                editor.add_constraint(Booking, constraint)
