"""Who the people in a report are, how surely, and what a host must not learn from it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory
from webinars.attendance.matching import Matched, match, others_named
from webinars.attendance.presence import Person
from webinars.models import KnownName, Session

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


def booked(session: Session, given: str, family: str, **fields: Any) -> Member:
    member = MemberFactory(given_name=given, family_name=family, **fields)
    return BookingFactory(session=session, member=member).member


def person(name: str = "", email: str = "", came: int = 0, left: int = 60, **fields: Any) -> Person:
    start = dt.datetime(2026, 10, 13, 18, tzinfo=dt.UTC)
    times = ((start + dt.timedelta(minutes=came), start + dt.timedelta(minutes=left)),)
    given = {"row": 2, "intervals": times, "stated": None, "role": "attendee"}
    return Person(name=name, email=email, **given | fields)


def matched(session: Session, *args: Any, **fields: Any) -> Matched:
    return match([person(*args, **fields)], session=session)[0]


def to_administrator(session: Session, *args: Any, **fields: Any) -> Matched:
    return match([person(*args, **fields)], session=session, sees_all=True)[0]


def test_the_same_address_is_enough(session: Session) -> None:
    member = booked(session, "Jo", "Smith", email="Jo.Smith@example.org")
    found = matched(session, "iPhone", "jo.smith@EXAMPLE.org")
    assert (found.member, found.confidence, found.state) == (member, 100, "matched")
    assert found.reason == "Same e-mail address"


def test_who_did_not_book_is_found_for_who_may_see_all_members(session: Session) -> None:
    member = MemberFactory(given_name="Jo", family_name="Smith", membership_number="123456")
    for said in (("iPhone", member.email), ("Jo Smith 123456",)):
        assert to_administrator(session, *said).member == member
        unknown = matched(session, "iPhone", "nobody@example.org")
        found = matched(session, *said)
        assert (found.state, found.reason, found.suggestions) == (
            unknown.state,
            unknown.reason,
            unknown.suggestions,
        )
        assert found.state == "unmatched"


@pytest.mark.parametrize("name", ["Jo 123456", "123456", "Jo (123456)"])
def test_the_membership_number_of_somebody_who_booked(session: Session, name: str) -> None:
    member = booked(session, "Jo", "Smith", membership_number="123456")
    found = matched(session, name)
    assert (found.member, found.confidence) == (member, 95)
    assert matched(session, "J", "123456@members.example.org").member == member


def test_the_number_of_somebody_else_needs_the_whole_name_beside_it(session: Session) -> None:
    member = MemberFactory(given_name="Jo", family_name="Smith", membership_number="123456")
    assert to_administrator(session, "Jo Smith 123456").member == member
    for name in ("Jo 123456", "123456", "Smith 123456"):
        assert to_administrator(session, name).state == "unmatched"


def test_two_numbers_are_nobodys(session: Session) -> None:
    booked(session, "Jo", "Smith", membership_number="123456")
    booked(session, "Al", "Brown", membership_number="654321")
    assert matched(session, "123456 and 654321").member is None


def test_a_name_that_was_used_before(session: Session) -> None:
    member = booked(session, "Joanna", "Smith")
    other = MemberFactory()
    KnownName.objects.create(member=member, name="red rosie")
    KnownName.objects.create(member=other, name="somebody else")
    found = matched(session, "Red Rosie")
    assert (found.member, found.confidence) == (member, 90)
    assert matched(session, "Somebody Else").state == "unmatched"


def test_a_used_name_is_a_doubt_where_another_who_booked_has_it(session: Session) -> None:
    fred, jane = booked(session, "Fred", "Bell"), booked(session, "Jane", "Doe")
    KnownName.objects.create(member=fred, name="jane doe")
    found = matched(session, "Jane Doe")
    assert (found.member, found.state) == (None, "doubtful")
    assert set(found.suggestions) == {fred, jane}
    KnownName.objects.create(member=jane, name="red rosie")
    assert matched(session, "Red Rosie").member == jane


@pytest.mark.parametrize(
    "name",
    [
        "Joanna Smith",
        "joanna SMITH",
        "Jo Smith",
        "Smith, Jo",
        "Smith Joanna",
        "Jóanna Smith",
        "Jo S.",
        "J Smith",
        "Cllr Jo Smith (she/her)",
        "Jo's iPhone (Jo Smith)",
    ],
)
def test_the_name_of_one_who_booked_however_written(session: Session, name: str) -> None:
    member = booked(session, "Joanna", "Smith", preferred_name="Jo")
    booked(session, "Joan", "Miles")
    found = matched(session, name)
    assert (found.member, found.confidence) == (member, 80)


def test_a_whole_name_comes_before_an_initial(session: Session) -> None:
    booked(session, "Jo", "Smith")
    whole = booked(session, "Jo", "S")
    assert matched(session, "Jo S").member == whole


def test_two_of_one_name_are_a_doubt_with_both_suggested(session: Session) -> None:
    both = {booked(session, "Jo", "Smith"), booked(session, "Jo", "Smith")}
    found = matched(session, "Jo Smith")
    assert (found.member, found.state, found.confidence) == (None, "doubtful", 60)
    assert set(found.suggestions) == both


@pytest.mark.parametrize("name", ["Joanna Smyth", "Joana", "Smith", "J Smithers Smith"])
def test_close_names_are_suggested(session: Session, name: str) -> None:
    member = booked(session, "Joanna", "Smith")
    booked(session, "Peter", "Brown")
    found = matched(session, name)
    assert (found.state, found.suggestions) == ("doubtful", (member,))
    assert 40 <= found.confidence <= 60


def test_a_name_that_says_nothing_lets_the_address_speak(session: Session) -> None:
    member = booked(session, "Joanna", "Smith")
    assert matched(session, "iPhone", "joanna.smith@private.example").suggestions == (member,)
    assert matched(session, "iPhone").state == "unmatched"


def test_never_more_than_five_suggestions(session: Session) -> None:
    for number in range(7):
        booked(session, "Jo", f"Smith{'abcdefg'[number]}")
    assert len(matched(session, "Jo Smithx").suggestions) == 5


def test_a_host_cannot_ask_by_name_who_is_a_member(session: Session) -> None:
    MemberFactory(given_name="Jo", family_name="Smith")
    known, unknown = matched(session, "Jo Smith"), matched(session, "Xy Zzyzx")
    assert (known.state, known.suggestions, known.reason) == (
        unknown.state,
        unknown.suggestions,
        unknown.reason,
    )
    assert known.state == "unmatched"


def test_others_of_that_name_are_for_who_may_see_all_members() -> None:
    member = MemberFactory(given_name="Jo", family_name="Smith")
    administrator = MemberFactory(administrator=True)
    assert others_named(["Smith, Jo"], viewer=administrator) == {"jo smith": [member]}
    assert others_named(["Smith, Jo"], viewer=MemberFactory()) == {}


def test_who_has_left_is_nobody(session: Session) -> None:
    booked(
        session, "Jo", "Smith", is_active=False, email="jo@example.org", membership_number="9999"
    )
    assert matched(session, "Jo Smith 9999", "jo@example.org").state == "unmatched"


def test_who_cancelled_is_found_by_address_only(session: Session) -> None:
    member = MemberFactory(given_name="Jo", family_name="Smith", email="jo@example.org")
    BookingFactory(session=session, member=member, cancelled=True)
    assert to_administrator(session, "Jo Smith").state == "unmatched"
    assert to_administrator(session, "Jo Smith", "jo@example.org").member == member


def test_hosts_and_panellists_are_ignored(session: Session) -> None:
    host = MemberFactory()
    session.hosts.add(host)
    for one in (person("A", role="host"), person("B", role="panellist"), person("C", host.email)):
        found = match([one], session=session)[0]
        assert (found.state, found.member) == ("ignored", None)
    BookingFactory(session=session, member=host)
    assert matched(session, "C", host.email).member == host


def test_somebody_elses_address_is_a_doubt(session: Session) -> None:
    shared = MemberFactory(email="home@example.org")
    member = booked(session, "Jo", "Smith")
    found = to_administrator(session, "Jo Smith", shared.email)
    assert (found.state, found.suggestions) == ("doubtful", (shared, member))
    assert matched(session, "Jo Smith", shared.email).member == member  # whose it is says nothing


@pytest.mark.parametrize(
    ("times", "states"),
    [
        (((0, 30), (20, 60)), {"doubtful"}),
        (((0, 30), (30, 60)), {"matched"}),
    ],
)
def test_one_name_twice_at_the_same_time_is_a_doubt(
    session: Session, times: tuple[tuple[int, int], ...], states: set[str]
) -> None:
    member = booked(session, "Jo", "Smith")
    people = [person("Jo Smith", f"{came}@example.com", came, left) for came, left in times]
    found = match(people, session=session)
    assert {one.state for one in found} == states
    assert {one.member or one.suggestions[0] for one in found} == {member}


def test_unknown_times_may_be_the_same_time(session: Session) -> None:
    booked(session, "Jo", "Smith")
    people = [person("Jo Smith", intervals=()), person("Jo S.")]
    assert {one.state for one in match(people, session=session)} == {"doubtful"}


def test_a_second_device_of_somebody_found_by_address(session: Session) -> None:
    member = booked(session, "Jo", "Smith")
    people = [person("iPad", member.email), person("Jo Smith", "other@example.com")]
    assert [one.member for one in match(people, session=session)] == [member, member]


def test_cost__the_same_for_two_people_and_for_sixty(session: Session) -> None:
    costs = []
    for many in (2, 60):
        people = [person(f"Given{n} Family{n} 1{n:04}", f"p{n}@example.com") for n in range(many)]
        booked(session, "Given", "Family")
        with CaptureQueriesContext(connection) as queries:
            match(people, session=session)
        costs.append(len(queries))
    assert costs == [5, 5]
