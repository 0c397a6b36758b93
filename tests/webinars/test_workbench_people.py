"""The workbench, one person at a time: who may be chosen, under which name, and by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.members.factories import MemberFactory
from tests.webinars.reports import a_file, a_visitor, outcomes, zoom
from tests.webinars.workbench import a_session, booked, client_of, page, post, upload
from webinars.attendance.deciding import confirm

if TYPE_CHECKING:
    from django.test import Client

    from webinars.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session()


@pytest.fixture
def host(session: Session) -> Client:
    return client_of(session.hosts.get())


def test_only_people_who_are_offered_can_be_chosen(host: Client, session: Session) -> None:
    stranger = MemberFactory(given_name="Red", family_name="Rosie")
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="unmatched", name="Red Rosie")
    for fields in ({"who": stranger.pk}, {"who": "other", "other": stranger.pk}, {"who": "other"}):
        answer = post(host, "settle", session.pk, file.pk, visitor.pk, **fields)
        assert "There is a problem" in answer.content.decode()
    visitor.refresh_from_db()
    assert visitor.member is None


def test_who_came_without_booking_is_counted_by_their_address(
    host: Client, session: Session
) -> None:
    stranger = MemberFactory(email="rosie@example.org")
    upload(host, session, zoom(session, ("Red Rosie", "rosie@example.org", 0, 60)))
    file = session.files.get()
    visitor = file.visitors.get()
    assert (visitor.state, visitor.member) == ("unmatched", None)
    where = session.pk, file.pk, visitor.pk
    assert "did not book" in page(host, "settle", *where)
    post(host, "settle", *where, who="address", address="Rosie@example.org")
    post(host, "confirm", session.pk, file.pk)
    assert outcomes(session) == {stranger.pk: ("attended", 3600)}
    assert "rosie" not in page(host, "attendance", session.pk).replace("Red Rosie", "")


@pytest.mark.parametrize("address", ["", "rosie", "nobody@example.org", "gone@example.org"])
def test_an_address_says_nothing_of_who_is_a_member(
    host: Client, session: Session, address: str
) -> None:
    MemberFactory(email="gone@example.org", is_active=False)
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="unmatched")
    answer = post(host, "settle", session.pk, file.pk, visitor.pk, who="address", address=address)
    (said,) = answer.context["form"].errors["address"]
    assert said.replace(address or "?", "…") in {
        "Enter their e-mail address.",
        "Enter a valid email address.",
        "Nobody with the address … can be counted. Check the address with them.",
    }


def test_addresses_are_not_tried_out(host: Client, session: Session) -> None:
    member, file = MemberFactory(), a_file(session)
    visitor = a_visitor(file, member=None, state="unmatched")
    where = session.pk, file.pk, visitor.pk
    for number in range(20):
        post(host, "settle", *where, who="address", address=f"{number}@example.org")
    answer = post(host, "settle", *where, who="address", address=member.email)
    assert "Too many addresses" in answer.content.decode()
    visitor.refresh_from_db()
    assert visitor.member is None


def test_who_may_see_all_members_is_offered_who_did_not_book(session: Session) -> None:
    stranger = MemberFactory(given_name="Red", family_name="Rosie")
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="unmatched", name="Red Rosie")
    client = client_of(MemberFactory(administrator=True))
    assert "Did not book" in page(client, "settle", session.pk, file.pk, visitor.pk)
    post(client, "settle", session.pk, file.pk, visitor.pk, who=stranger.pk)
    visitor.refresh_from_db()
    assert visitor.member == stranger


@pytest.mark.parametrize(
    ("who", "state"), [("nobody", "unmatched"), ("ignore", "ignored"), ("other", "matched")]
)
def test_settling_goes_on_to_the_next(host: Client, session: Session, who: str, state: str) -> None:
    member = booked(session, "Jo", "Smith")
    file = a_file(session)
    first, second = (a_visitor(file, member=None, state="doubtful") for _ in range(2))
    answer = post(host, "settle", session.pk, file.pk, first.pk, who=who, other=member.pk)
    next_one = reverse("webinars:settle", args=[session.pk, file.pk, second.pk])
    assert answer["Location"] == next_one
    first.refresh_from_db()
    assert first.state == state
    answer = post(host, "settle", session.pk, file.pk, second.pk, who="nobody")
    assert answer["Location"] == reverse("webinars:attendance_file", args=[session.pk, file.pk])


def test_too_many_to_list_are_looked_for(
    host: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webinars.attendance.showing.MOST_LISTED", 1)
    booked(session, "Jo", "Smith")
    booked(session, "Al", "Brown")
    file = a_file(session)
    where = session.pk, file.pk, a_visitor(file, member=None, state="unmatched").pk
    assert "Brown" not in page(host, "settle", *where)
    found = page(host, "settle", *where, find="brow")
    assert "Al Brown" in found
    assert "Jo Smith" not in found


def test_who_did_not_book_is_shown_as_the_report_has_it(host: Client, session: Session) -> None:
    member = MemberFactory(given_name="Secret", family_name="Name")
    file = a_file(session)
    a_visitor(file, member=member, name="Red Rosie")
    assert "Secret" not in page(host, "attendance_file", session.pk, file.pk)
    confirm(file=file, by=session.hosts.get())
    listed = page(host, "attendance", session.pk)
    assert "Secret" not in listed
    assert "Red Rosie" in listed
    file.visitors.all().delete()
    assert "Somebody who had not booked" in page(host, "attendance", session.pk)


def test_under_18s_are_shown_by_first_name(host: Client, session: Session) -> None:
    booked(session, "Jo", "Smithers", is_under_18=True)
    listed = page(host, "attendance", session.pk)
    assert "Jo S." in listed
    assert "Smithers" not in listed


def test_by_hand_and_back(host: Client, session: Session) -> None:
    member = booked(session, "Jo", "Smith")
    assert "Nothing is recorded yet" in page(host, "by_hand", session.pk, member.pk)
    post(host, "by_hand", session.pk, member.pk, outcome="attended")
    assert outcomes(session) == {member.pk: ("attended", None)}
    post(host, "by_hand", session.pk, member.pk, outcome="reported")
    assert outcomes(session) == {}
    answer = post(host, "by_hand", session.pk, member.pk, outcome="reported")
    assert "There is a problem" in answer.content.decode()
    assert host.get(reverse("webinars:by_hand", args=[session.pk, 999999])).status_code == 404
