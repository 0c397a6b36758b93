"""From the rows of a report to members: couples, namesakes, and whom we let in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reports import zoom
from webinars.attendance.crowd import Crowd
from webinars.attendance.matching import Matched, identify
from webinars.attendance.reading import read_report
from webinars.meetings.bigbluebutton import participant

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models import Session

pytestmark = pytest.mark.django_db


def booked(session: Session, given: str, family: str, **fields: Any) -> Member:
    member = MemberFactory(given_name=given, family_name=family, **fields)
    return BookingFactory(session=session, member=member).member


def identified(session: Session, data: bytes) -> list[Matched]:
    report = read_report(data, starts_at=session.starts_at, minutes=session.minutes)
    return identify(report.seen, session=session)


def minutes(one: Matched) -> int:
    return sum(round((end - start).total_seconds()) for start, end in one.person.intervals) // 60


@pytest.fixture
def couple(session: Session) -> tuple[Member, Member]:
    """Ann, whose address it is, and Bob, who has none."""
    ann = booked(session, "Ann", "Bell", email="bells@example.org")
    return ann, booked(session, "Bob", "Bell", email=None)


@pytest.mark.parametrize("name", ["Bob Bell", "B Bell", "Bell, Bob"])
def test_a_name_at_the_address_of_a_partner_is_a_doubt(
    session: Session, couple: tuple[Member, Member], name: str
) -> None:
    (found,) = identified(session, zoom(session, (name, "bells@example.org", 0, 60)))
    assert (found.state, found.member, found.suggestions) == ("doubtful", None, couple)
    likely = Crowd(session).likely(name, "bells@example.org")
    assert tuple(likely) == couple  # as the page offers them


def test_a_couple_that_both_came_stays_two_people(
    session: Session, couple: tuple[Member, Member]
) -> None:
    ann, bob = couple
    rows = [("Ann Bell", 0, 10), ("Bob Bell", 5, 60), ("iPad", 0, 60), ("Ann B.", 20, 30)]
    data = zoom(session, *((name, "bells@example.org", *times) for name, *times in rows))
    hers, his, device = identified(session, data)
    assert (hers.member, hers.confidence, minutes(hers)) == (ann, 100, 20)
    assert (his.state, minutes(his), set(his.suggestions)) == ("doubtful", 55, {ann, bob})
    assert (device.state, set(device.suggestions)) == ("doubtful", {ann, bob})


def test_a_couple_at_an_address_nobody_has_here_is_found_by_name(session: Session) -> None:
    two = [booked(session, name, "Bell", email=None) for name in ("Ann", "Bob")]
    names = ("Ann Bell", "Bob Bell", "iPad")
    data = zoom(session, *((name, "home@example.com", 0, 60) for name in names))
    *found, device = identified(session, data)
    assert [one.member for one in found] == two
    assert (device.state, list(device.suggestions)) == ("doubtful", two)


def test_whose_name_and_address_it_is_needs_no_look(
    session: Session, couple: tuple[Member, Member]
) -> None:
    for name in ("Ann Bell", "A Bell", "Bob's iPad (Ann Bell)", "Bells", "iPad"):
        (found,) = identified(session, zoom(session, (name, "bells@example.org", 0, 60)))
        assert (found.member, found.confidence) == (couple[0], 100)


def test_two_of_one_name_without_an_address_stay_apart(session: Session) -> None:
    both = {booked(session, "Jo", "Smith", email=None) for _ in range(2)}
    data = zoom(session, ("Jo Smith", "", 0, 20), ("Jo Smith", "", 10, 60))
    found = identified(session, data)
    assert [(one.state, minutes(one), set(one.suggestions)) for one in found] == [
        ("doubtful", 20, both),
        ("doubtful", 50, both),
    ]


def test_one_name_with_an_address_and_without_may_be_two_people(session: Session) -> None:
    first, other = (booked(session, "Jo", "Smith") for _ in range(2))
    data = zoom(session, ("Jo Smith", first.email, 0, 20), ("Jo Smith", "", 10, 60))
    found = identified(session, data)
    assert [one.member for one in found] == [first, None]
    assert set(found[1].suggestions) == {first, other}


def dashboard(session: Session, *people: tuple[str, str]) -> bytes:
    """The dashboard of BigBlueButton: names, and what we told it to know them by."""
    begins, ends = (round(at.timestamp() * 1000) for at in (session.starts_at, session.ends_at))
    stays = {"w": {"sessions": [{"registeredOn": begins, "leftOn": ends}]}}
    users = {
        str(number): {"name": name, "extId": identity, "isModerator": False, "intIds": stays}
        for number, (name, identity) in enumerate(people)
    }
    return json.dumps({"endedOn": ends, "users": users}).encode()


def test_whom_we_let_into_bigbluebutton_is_known_under_any_name(session: Session) -> None:
    jo, al = booked(session, "Jo", "Smith"), booked(session, "Al", "Brown")
    stranger = MemberFactory()
    data = dashboard(
        session,
        ("Bunny", participant(session, jo)),
        ("Jo Smith", participant(session, al)),
        ("Nobody", participant(session, stranger)),
        ("Nobody Else", participant(SessionFactory(), jo)),
    )
    found = identified(session, data)
    assert [(one.member, one.confidence) for one in found] == [
        (jo, 100),
        (al, 100),
        (None, 0),
        (None, 0),
    ]


def test_cost__the_same_for_two_people_and_for_sixty(session: Session) -> None:
    costs = []
    for many in (2, 60):
        for number in range(many):
            booked(session, f"Given{number}", f"Family{number}")
        names = [
            (f"Given{number} Family{number}", f"{number}@example.com", 0, 60)
            for number in range(many)
        ]
        with CaptureQueriesContext(connection) as queries:
            identified(session, zoom(session, *names))
        costs.append(len(queries))
    assert costs == [4, 4]
