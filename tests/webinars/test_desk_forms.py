"""Opening, changing and cancelling a session at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.webinars.desk import of, text
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars.models import Session
from webinars.sessions import change_session

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db

FORM = {
    "unit": "",
    "day_day": "13",
    "day_month": "10",
    "day_year": "2031",
    "clock": "7pm",
    "minutes": "90",
    "capacity": "30",
    "join_url": "https://meet.example.org/j/1",
}


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


@pytest.fixture
def host(client: Client, host: Member) -> Member:
    client.force_login(host)
    return host


@pytest.fixture
def admin(client: Client) -> Member:
    member = MemberFactory(administrator=True, email="admin@example.org")
    client.force_login(member)
    return member


# --- Opening -------------------------------------------------------------------------------------
def test_opening_a_session(client: Client, admin: Member) -> None:
    webinar, other = WebinarPageFactory(), MemberFactory(email="Other.Host@example.org")
    address = reverse("webinars:new_session", args=[webinar.pk])
    assert "BigBlueButton" not in text(client.get(address))
    posted = FORM | {"hosts": [admin.pk], "more_hosts": "other.host@example.org\n"}
    page = client.post(address, posted, follow=True)
    session = Session.objects.get()
    assert "People can book it now" in text(page)
    assert session.starts_at == at(2031, 10, 13, 19)
    assert (session.minutes, session.capacity, session.unit) == (90, 30, None)
    assert set(session.hosts.all()) == {admin, other}


WRONG = [
    ({"day_day": "28", "day_month": "3", "day_year": "2027", "clock": "1:30am"}, "not exist"),
    ({"day_day": "25", "day_month": "10", "day_year": "2026", "clock": "1:30"}, "comes twice"),
    ({"day_day": "30", "day_month": "2"}, "Give the date as numbers"),
    ({"clock": "7"}, "6:30pm or 18:30"),
    ({"day_year": "2025"}, "This time has gone by"),
    ({"minutes": ""}, "Say how long it lasts"),
    ({"capacity": "0"}, "greater than or equal to 1"),
    ({"join_url": "http://meet.example.org/1"}, "begins with https://"),
    ({"join_url": "javascript:alert(1)"}, "begins with https://"),
    ({"unit": "99"}, "Select a valid choice"),
    ({"tool": "bigbluebutton", "more_hosts": "nobody@example.org"}, "Check the address with"),
]


def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Client, admin: Member, subtests: pytest.Subtests
) -> None:
    address = reverse("webinars:new_session", args=[WebinarPageFactory().pk])
    for wrong, sentence in WRONG:
        with subtests.test(sentence):
            answer = client.post(address, FORM | wrong | {"speakers": "Ada Lovelace"})
            assert answer.status_code == 200
            assert sentence in text(answer)
            assert "Ada Lovelace" in text(answer)
    assert not Session.objects.exists()


def test_an_officer_is_offered_their_region_only(client: Client) -> None:
    party = UnitFactory(party=True)
    region, other = UnitFactory(parent=party, region=True), UnitFactory(parent=party, region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    client.force_login(officer)
    webinar, foreign = WebinarPageFactory(), WebinarPageFactory(unit=other)
    address = reverse("webinars:new_session", args=[webinar.pk])
    page = client.get(address)
    assert [name for _, name in page.context["form"].fields["unit"].choices] == [region.name]
    for unit in ("", other.pk, party.pk):
        assert client.post(address, FORM | {"unit": unit}).context["form"].errors["unit"]
    client.post(address, FORM | {"unit": region.pk})
    assert Session.objects.get().unit == region
    for page in (foreign, WebinarPageFactory(draft=True)):
        address = reverse("webinars:new_session", args=[page.pk])
        assert client.get(address).status_code == 404


def test_an_address_tells_nobody_who_is_a_member(client: Client, admin: Member) -> None:
    MemberFactory(email="left@example.org", is_active=False)
    address = reverse("webinars:new_session", args=[WebinarPageFactory().pk])

    def said(email: str) -> str:
        page = client.post(address, FORM | {"more_hosts": email})
        return page.context["form"].errors["more_hosts"][0].replace(email, "")

    assert said("left@example.org") == said("nobody@example.org")
    for number in range(18):
        said(f"nobody{number}@example.org")
    known = MemberFactory()
    assert said(known.email) == said("nobody@example.org")  # asked too often: no answer at all
    assert "try in an hour" in said(known.email)


def test_right_addresses_count_too_until_they_are_hosts(client: Client, admin: Member) -> None:
    address = reverse("webinars:new_session", args=[WebinarPageFactory().pk])
    people = MemberFactory.create_batch(21)
    without_a_day = FORM | {"day_day": ""}
    for one in people[:19]:
        page = client.post(address, without_a_day | {"more_hosts": one.email})
        assert "more_hosts" not in page.context["form"].errors
    for one in people[:3]:  # saved, they cost nothing
        client.post(address, FORM | {"more_hosts": one.email})
    assert Session.objects.count() == 3
    client.post(address, without_a_day | {"more_hosts": people[19].email})
    page = client.post(address, FORM | {"more_hosts": people[20].email})
    assert "try in an hour" in str(page.context["form"].errors["more_hosts"])
    assert Session.objects.count() == 3


# --- Changing ------------------------------------------------------------------------------------
def posted(client: Client, session: Session, **changes: Any) -> dict[str, Any]:
    """Return the form of a session as a browser sends it back."""
    form = client.get(of("edit_session", session)).context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    if day := fields.pop("day", None):
        fields |= {f"day_{part}": getattr(day, part) for part in ("day", "month", "year")}
    return fields | changes


def test_sent_back_as_it_was_nothing_changes(client: Client, admin: Member) -> None:
    session = SessionFactory(hosts=[admin], starts_at=at(2031, 7, 3, 18, 30))
    page = client.post(of("edit_session", session), posted(client, session), follow=True)
    assert "Saved." in text(page)
    session.refresh_from_db()
    assert (session.sequence, session.starts_at) == (0, at(2031, 7, 3, 18, 30))


def test_of_a_session_that_is_over_only_names_change(client: Client, admin: Member) -> None:
    over = SessionFactory(hosts=[admin], over=True)
    form = posted(client, over, speakers="Ada", clock="8pm", minutes="90", join_url="https://x.org")
    client.post(of("edit_session", over), form)
    was = over.starts_at, over.minutes, over.join_url
    over.refresh_from_db()
    assert (over.speakers, (over.starts_at, over.minutes, over.join_url)) == ("Ada", was)
    off = SessionFactory(hosts=[admin], cancelled=True)
    assert client.get(of("edit_session", off)).url == of("hosting", off)


def test_moving_a_session(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host])
    form = posted(client, session, clock="8:15pm", day_year="2031")
    assert "hosts" not in form  # somebody who was only named names nobody
    page = client.post(of("edit_session", session), form, follow=True)
    assert "Everybody who has booked or waits is told" in text(page)
    session.refresh_from_db()
    assert timezone.localtime(session.starts_at).strftime("%Y %H:%M") == "2031 20:15"


def test_of_two_hosts_the_second_sees_what_the_first_did(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host], capacity=20)
    form = posted(client, session, speakers="Ada")
    change_session(session=session, by=host, capacity=55)
    page = client.post(of("edit_session", session), form)
    assert "Somebody else has changed this session" in text(page)
    assert "55 places" in text(page)
    session.refresh_from_db()
    assert (session.capacity, session.speakers) == (55, "")
    again = form | {"seen": page.context["form"]["seen"].value(), "capacity": 55}
    client.post(of("edit_session", session), again)
    session.refresh_from_db()
    assert (session.capacity, session.speakers) == (55, "Ada")


def test_too_few_places_are_refused_with_the_number(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host])
    for _ in range(3):
        BookingFactory(session=session)
    page = client.post(of("edit_session", session), posted(client, session, capacity=2))
    assert "3 places are taken" in text(page)


def test_cancelling_says_how_many_are_told(client: Client, host: Member) -> None:
    session = SessionFactory(hosts=[host])
    BookingFactory(session=session)
    BookingFactory(session=session, waiting=True)
    BookingFactory(session=session, cancelled=True)
    assert "2 people who have booked or wait" in text(client.get(of("cancel_session", session)))
    page = text(client.post(of("cancel_session", session), follow=True))
    assert "The session is cancelled" in page
    session.refresh_from_db()
    assert session.is_cancelled
    assert "This session is cancelled" in text(client.get(of("cancel_session", session)))
    over = SessionFactory(hosts=[host], over=True)
    assert "It cannot be moved or cancelled" in text(
        client.post(of("cancel_session", over), follow=True)
    )
