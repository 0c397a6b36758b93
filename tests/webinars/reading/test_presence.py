"""Presence is a union inside the session; rows are one person's or not."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webinars.reading.samples import ENDS, MINUTES, STARTS
from webinars.attendance.naming import normal, variants
from webinars.attendance.presence import grouped, merged, present_seconds
from webinars.attendance.reading.report import Interval, Seen


def stay(begins: int, ends: int) -> Interval:
    """From and to these seconds after the start."""
    return STARTS + dt.timedelta(seconds=begins), STARTS + dt.timedelta(seconds=ends)


def inside(intervals: list[Interval]) -> int:
    return present_seconds(intervals, starts_at=STARTS, ends_at=ENDS)


moments = st.integers(-7200, MINUTES * 60 + 7200)
stays = st.lists(st.tuples(moments, moments).map(sorted).map(lambda it: stay(*it)), max_size=8)


@given(stays)
@settings(max_examples=100, deadline=None)
def test_the_union_is_what_counting_second_by_second_gives(intervals: list[Interval]) -> None:
    seconds = {
        second
        for begins, ends in intervals
        for second in range(*(round((at - STARTS).total_seconds()) for at in (begins, ends)))
    }
    assert inside(intervals) == len(seconds & set(range(MINUTES * 60)))


@given(stays, stays.filter(bool), st.randoms())
@settings(max_examples=100, deadline=None)
def test_more_is_never_less_and_the_order_is_nothing(
    intervals: list[Interval], others: list[Interval], chance: object
) -> None:
    both = [*intervals, *others]
    shuffled = sorted(both, key=lambda _: chance.random())  # type: ignore[attr-defined]

    assert inside(intervals) <= inside(both) <= MINUTES * 60
    assert inside(both) == inside(shuffled) == inside([*both, *both])
    assert merged(merged(both)) == merged(both)


def row(
    number: int, name: str = "", email: str = "", *, minutes: tuple[int, int] | None = None, **more
) -> Seen:
    intervals = (stay(minutes[0] * 60, minutes[1] * 60),) if minutes else ()
    return Seen(number, name, email, intervals, more.get("seconds"), more.get("role", "attendee"))


def rows_of(*seen: Seen) -> list[int]:
    """The first row of each person found."""
    return [person.row for person in grouped(seen)]


def present(*seen: Seen) -> list[int | None]:
    return [person.present(starts_at=STARTS, ends_at=ENDS) for person in grouped(seen)]


def test_rows_of_one_address_are_one_person() -> None:
    seen = [
        row(2, "Ada", "ada@x.example", minutes=(0, 40)),
        row(3, "Ada's iPad", "ADA@x.example", minutes=(20, 60)),
    ]
    assert rows_of(*seen) == [2]
    assert present(*seen) == [3600]


def test_a_name_joins_the_only_address_of_that_name() -> None:
    assert rows_of(row(2, "Ádá NOVA (she/her)"), row(3, "Nova, Ada", "a@x.example")) == [2]
    assert rows_of(row(2, "Ada's iPhone (Ada Nova)"), row(3, "ada nova", "a@x.example")) == [2]


def test_two_addresses_are_two_people_and_the_name_alone_neither() -> None:
    seen = [
        row(2, "Ada", "a@x.example"),
        row(3, "Ada", "b@x.example"),
        row(4, "Ada"),
        row(5, "ada"),
    ]

    assert rows_of(*seen) == [2, 3, 4]


def test_devices_without_a_name_stay_apart() -> None:
    assert rows_of(
        row(2, "iPhone"), row(3, "iPhone"), row(4, "Galaxy S21"), row(4, "Galaxy S21")
    ) == [2, 3, 4]


def test_names_that_tools_give_stay_apart() -> None:
    names = ["Guest", "Guest", "Zoom user", "Zoom User", "Unknown Participant 2", "Bella Guest"]

    assert rows_of(*(row(number, name) for number, name in enumerate(names))) == [0, 1, 2, 3, 4, 5]


def test_a_branch_in_brackets_makes_nobody_the_same() -> None:
    ada = row(2, "Ada Nova (Leeds)", "a@x.example")

    assert rows_of(ada, row(3, "Bo Ek (Leeds)"), row(4, "Cy Oh (Leeds)")) == [2, 3, 4]
    assert rows_of(ada, row(3, "Ada Nova (York)"), row(4, "Nick (Ada Nova)")) == [2]
    assert rows_of(row(2, "Nick (Ada Nova)", "a@x.example"), row(3, "Ada Nova")) == [2]


def test_a_person_is_shown_by_a_name_rather_than_a_device() -> None:
    seen = [row(2, "iPad", "a@x.example"), row(3, "Ada Nova", "a@x.example")]

    assert [person.name for person in grouped(seen)] == ["Ada Nova"]


def test_who_is_host_once_is_no_attendee() -> None:
    seen = [row(2, "Pat", "p@x.example"), row(3, "Pat", "p@x.example", role="panellist")]

    assert [person.role for person in grouped(seen)] == ["panellist"]


def test_durations_are_never_added_up() -> None:
    assert present(row(2, "Ada", seconds=600), row(3, "Ada", seconds=900)) == [900]
    assert present(row(2, "Ada", seconds=600), row(3, "Ada", minutes=(0, 20))) == [1200]
    assert present(row(2, "Ada", seconds=100_000)) == [MINUTES * 60]


def test_one_row_of_unknown_length_takes_nothing_away() -> None:
    assert present(row(2, "Ada"), row(3, "Ada", minutes=(0, 20))) == [1200]
    assert present(row(2, "Ada")) == [None]
    assert present(row(2, "Ada", minutes=(-30, -10))) == [0]


def test_what_is_left_of_a_name() -> None:
    assert normal("Cllr Siân  O\u2019Neill (She/Her)") == "cllr sian o neill"
    assert normal("Nová, Ada") == "ada nova"
    assert normal("Ada Nova | she/her") == "ada nova"
    assert normal("Ada Nova\u2019s iPhone") == normal("iPad Pro de Ada Nova") == "ada nova"
    assert normal("Galaxy S21") == normal("iPhone (Guest)") == normal("") == ""
    assert variants("Nick (Ada Nova)") == ("nick", "ada nova")
    assert variants("Ada (Host, me)") == variants("Ada (Guest)") == ("ada",)
    assert normal("'=Ada 1234567") == "ada 1234567"
