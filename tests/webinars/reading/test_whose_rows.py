"""Whose a row is where people share an address, or a name."""

from __future__ import annotations

from tests.webinars.reading.test_presence import row
from webinars.attendance.naming import normal
from webinars.attendance.presence import Person, grouped
from webinars.attendance.reading.report import Seen

ANN, BOB, JO, JOE = range(1, 5)


class Booked:
    """Ann and Bob Bell, and two of the name Jo Smith."""

    names = {
        "ann bell": frozenset([ANN]),
        "bob bell": frozenset([BOB]),
        "b bell": frozenset([BOB]),
        "jo smith": frozenset([JO, JOE]),
    }

    def identified(self, identity: str) -> int | None:
        return {"number of ann": ANN}.get(identity)

    def meant(self, name: str) -> frozenset[int]:
        return self.names.get(normal(name), frozenset())


def people(*seen: Seen) -> list[Person]:
    return grouped(seen, Booked())


def named(*seen: Seen) -> list[str]:
    return [person.name for person in people(*seen)]


def test_a_couple_at_one_address_is_two_people() -> None:
    found = people(
        row(2, "Ann Bell", "bells@x.example", minutes=(0, 30)),
        row(3, "Bob Bell", "bells@x.example", minutes=(20, 90)),
        row(4, "ann bell", "bells@x.example", minutes=(40, 60)),
        row(5, "iPad", "bells@x.example", minutes=(0, 90)),
        row(6, "Bob Bell", minutes=(0, 10)),
    )
    assert [(one.name, len(one.intervals)) for one in found] == [
        ("Ann Bell", 2),
        ("Bob Bell", 2),
        ("iPad", 1),
    ]
    assert all(one.is_shared for one in found)


def test_one_person_at_one_address_stays_one_whatever_the_device() -> None:
    seen = [
        row(2, "Bells", "bells@x.example"),
        row(3, "Bob Bell", "bells@x.example"),
        row(4, "B Bell", "bells@x.example"),
    ]
    assert [(one.name, one.is_shared) for one in people(*seen)] == [("Bob Bell", False)]


def test_a_name_that_several_who_booked_have_joins_nobody() -> None:
    assert named(row(2, "Jo Smith", minutes=(0, 20)), row(3, "Jo Smith", minutes=(10, 60))) == [
        "Jo Smith",
        "Jo Smith",
    ]
    with_address = row(2, "Jo Smith", "jo@x.example"), row(3, "Jo Smith")
    assert [one.email for one in people(*with_address)] == ["jo@x.example", ""]
    assert len(grouped(with_address)) == 1  # where nobody of that name booked, it is one person


def test_whom_we_let_in_is_one_person_under_any_name() -> None:
    rows = [
        Seen(1, "Ann Bell", "", (), None, "attendee", "number of ann"),
        Seen(2, "Bunny", "", (), None, "attendee", "number of ann"),
        Seen(3, "Bunny", "", (), None, "attendee", "number of nobody"),
    ]
    assert named(*rows) == ["Ann Bell", "Bunny"]


def test_two_stays_of_one_line_are_one_persons() -> None:
    rows = row(2, "Jo Smith", minutes=(0, 20)), row(2, "Jo Smith", minutes=(10, 60))
    assert len(people(*rows)) == 1
