"""Whatever reports say, in whatever order they are confirmed and undone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reports import a_file, a_visitor, outcomes
from webinars.attendance.deciding import close_attendance, confirm, undo

STAYS = st.tuples(st.integers(-10, 65), st.integers(1, 70)).map(lambda it: (it[0], sum(it)))
LINES = st.tuples(st.integers(0, 2), st.one_of(st.none(), STAYS))
FILES = st.lists(st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=3)


class AnyOrder(TestCase):
    """Reports of any times, in any order, confirmed and undone."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.session, cls.host = SessionFactory(over=True), MemberFactory()
        booked = BookingFactory.create_batch(3, session=cls.session)
        cls.people = [booking.member for booking in booked]

    @settings(max_examples=40)
    @given(files=FILES, order=st.randoms(use_true_random=False), closes=st.booleans())
    def test_order_makes_no_difference_and_undo_returns(self, files, order, closes) -> None:
        session, host, people = self.session, self.host, self.people
        staged = [a_file(session) for _ in files]
        for file, lines in zip(staged, files, strict=True):
            for who, stay in lines:
                a_visitor(file, minutes=stay, member=people[who])
        if closes:
            close_attendance(session=session, by=host)
        order.shuffle(staged)
        seen = [outcomes(session)]
        for file in staged:
            confirm(file=file, by=host)
            seen.append(outcomes(session))
        assert seen[-1] == self.straight(files, closes)
        for file, before in zip(reversed(staged), reversed(seen[:-1]), strict=True):
            undo(file=file, by=host)
            assert outcomes(session) == before

    def straight(self, files, closes) -> dict[int, tuple[str, int | None]]:
        """The same by counting every second on one's fingers (minutes here)."""
        found = {}
        for number, member in enumerate(self.people):
            stays = [stay for lines in files for who, stay in lines if who == number]
            there = {m for stay in stays if stay for m in range(*stay) if 0 <= m < 60}
            if None in stays and len(there) < 45:
                found[member.pk] = ("unknown", None)
            elif there:
                found[member.pk] = ("attended" if len(there) >= 45 else "part", len(there) * 60)
            elif closes:
                found[member.pk] = ("absent", 0)
        return found
