"""Anything people can do with one session, in any order; and what ought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from webinars.booking.verbs import (
    CannotBook,
    book,
    cancel_booking,
    fill_places,
    lock_session,
    void_bookings,
)
from webinars.models import Booking, Session

if TYPE_CHECKING:
    from members.models import Member

CROWD = 6
people_ = st.integers(0, CROWD - 1)
capacity_ = st.one_of(st.none(), st.integers(1, 4))


class Bookers(RuleBasedStateMachine):
    """Six people and a session. A list in memory says who has a place and who waits, in order."""

    people: list[Member]
    session: Session

    @initialize(capacity=capacity_)
    def begin(self, capacity: int | None) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        Session.objects.filter(pk=self.session.pk).update(capacity=capacity)
        self.capacity = capacity
        self.booked: set[int] = set()
        self.waiting: list[int] = []
        self.is_off = False
        self.turns = [0] * CROWD

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(who=people_)
    def books(self, who: int) -> None:
        is_in = who in self.booked or who in self.waiting
        try:
            booking = book(session=self.session, by=self.people[who])
        except CannotBook:
            assert self.is_off
            return
        assert is_in or not self.is_off
        if not is_in:
            self.turns[who] += 1
            (self.booked.add if self.has_room else self.waiting.append)(who)
        assert booking.is_booked is (who in self.booked)

    @rule(who=people_)
    def cancels(self, who: int) -> None:
        mine = Booking.objects.filter(session=self.session, member=self.people[who]).first()
        if mine is None:
            return
        cancel_booking(booking=mine, by=self.people[who])
        if who in self.booked or who in self.waiting:
            self.turns[who] += 1
        self.booked.discard(who)
        self.waiting = [one for one in self.waiting if one != who]
        self.move_up()

    @rule(capacity=capacity_)
    def the_host_gives_other_places(self, capacity: int | None) -> None:
        """Never fewer than are taken: the host's desk refuses that."""
        if self.is_off or (capacity is not None and capacity < len(self.booked)):
            return
        Session.objects.filter(pk=self.session.pk).update(capacity=capacity)
        self.capacity = capacity
        promoted = fill_places(session=lock_session(self.session.pk))
        before = list(self.waiting)
        self.move_up()
        gone_up = [self.people[who] for who in before if who not in self.waiting]
        assert [one.member for one in promoted] == gone_up

    @rule()
    def the_host_cancels(self) -> None:
        now = lock_session(self.session.pk)
        now.cancelled_at = now.cancelled_at or timezone.now()
        now.save()
        voided = {self.people.index(one.member) for one in void_bookings(session=now)}
        assert voided == self.booked | set(self.waiting)
        for who in voided:
            self.turns[who] += 1
        self.booked, self.waiting, self.is_off = set(), [], True

    @property
    def has_room(self) -> bool:
        if self.waiting:
            return False
        return self.capacity is None or len(self.booked) < self.capacity

    def move_up(self) -> None:
        while self.waiting and (self.capacity is None or len(self.booked) < self.capacity):
            who = self.waiting.pop(0)
            self.booked.add(who)
            self.turns[who] += 1

    @invariant()
    def the_database_says_the_same(self) -> None:
        if not hasattr(self, "booked"):
            return
        rows = list(self.session.bookings.select_related("member"))
        number = {person.pk: who for who, person in enumerate(self.people)}
        line = sorted((row.waiting_number, row) for row in rows if row.is_waiting)
        assert [number[row.member_id] for _, row in line] == self.waiting
        assert {number[row.member_id] for row in rows if row.is_booked} == self.booked
        assert self.capacity is None or len(self.booked) <= self.capacity
        assert not (self.waiting and self.capacity is None)
        assert not self.waiting or len(self.booked) == self.capacity
        for row in rows:
            assert row.turn == self.turns[number[row.member_id]]
