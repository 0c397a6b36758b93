"""Opening, changing and cancelling sessions: who may, what is refused, who is told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from members.models import AuditEvent
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars import sessions
from webinars.models import Session
from webinars.sessions import CannotChange, cancel_session, change_session, open_session

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db

TIMES = {"starts_at": at(2031, 10, 13, 19), "minutes": 90}
NEW_LINK = "https://meet.example.org/j/another"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What everybody was told, in order."""
    heard: list[tuple[str, Any]] = []
    for name in ("tell_all_moved", "tell_all_cancelled", "tell_promoted"):

        def hear(what: object, name: str = name, **how: object) -> None:
            heard.append((name, how))

        monkeypatch.setattr(sessions.telling, name, hear)
    return heard


@pytest.fixture
def anybody() -> Member:
    return MemberFactory(administrator=True)


def names(told: list[tuple[str, Any]]) -> list[str]:
    return [name for name, _ in told]


# --- Opening -------------------------------------------------------------------------------------
def test_an_administrator_opens_a_session_for_the_whole_party(anybody: Member) -> None:
    webinar, host = WebinarPageFactory(), MemberFactory()
    session = open_session(webinar=webinar, by=anybody, hosts=[host], capacity=30, **TIMES)
    session.refresh_from_db()
    assert session.ends_at - session.starts_at == dt.timedelta(minutes=90)
    assert (session.unit, session.capacity, session.sequence) == (None, 30, 0)
    assert list(session.hosts.all()) == [host]
    event = AuditEvent.objects.get(action="webinars.opened")
    assert (event.actor, event.subject_ids) == (anybody, [host.pk])


def test_an_officer_opens_sessions_of_their_own_region_only() -> None:
    party = UnitFactory(party=True)
    region, other = UnitFactory(parent=party, region=True), UnitFactory(parent=party, region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    webinar = WebinarPageFactory()
    assert open_session(webinar=webinar, by=officer, unit=region, **TIMES).unit == region
    for unit in (other, party, None):
        with pytest.raises(PermissionDenied):
            open_session(webinar=webinar, by=officer, unit=unit, **TIMES)


def test_chairs_former_officers_and_members_open_none() -> None:
    region = UnitFactory(parent=UnitFactory(party=True), region=True)
    here = UnitFactory(parent=region)
    chair = TenureFactory(chair=True, unit=here).member
    former = TenureFactory(post_kind__regional=True, unit=region, ended=True).member
    webinar = WebinarPageFactory()
    for nobody in (chair, former, MemberFactory()):
        for unit in (here, region, None):
            with pytest.raises(PermissionDenied):
                open_session(webinar=webinar, by=nobody, unit=unit, **TIMES)


def test_a_session_is_of_a_published_webinar_and_fits_its_region(anybody: Member) -> None:
    party = UnitFactory(party=True)
    region, other = UnitFactory(parent=party, region=True), UnitFactory(parent=party, region=True)
    with pytest.raises(CannotChange, match="not published"):
        open_session(webinar=WebinarPageFactory(draft=True), by=anybody, **TIMES)
    webinar = WebinarPageFactory(unit=region)
    with pytest.raises(CannotChange, match=f"only for people in {region}"):
        open_session(webinar=webinar, by=anybody, unit=other, **TIMES)
    assert open_session(webinar=webinar, by=anybody, unit=party, **TIMES).unit == party


WRONG = [
    ({"starts_at": at(2025, 1, 1, 19)}, "gone by"),
    ({"join_url": "http://meet.example.org/j/1"}, "https://"),
    ({"tool": "bigbluebutton"}, "not set up"),
    ({"minutes": 5}, "greater than or equal to 10"),
    ({"capacity": 0}, "greater than or equal to 1"),
    ({"join_url": "javascript:alert(1)"}, "valid URL"),
]


def test_what_no_session_can_be(anybody: Member, subtests: pytest.Subtests) -> None:
    webinar = WebinarPageFactory()
    for wrong, words in WRONG:
        with subtests.test(words), pytest.raises((CannotChange, ValidationError), match=words):
            open_session(webinar=webinar, by=anybody, **TIMES | wrong)
    assert not Session.objects.exists()


def test_a_field_nobody_gives_is_a_mistake_of_ours(anybody: Member) -> None:
    with pytest.raises(TypeError, match="sequence"):
        open_session(webinar=WebinarPageFactory(), by=anybody, sequence=4, **TIMES)


# --- Changing ------------------------------------------------------------------------------------
def test_a_moved_session_tells_everybody_once(host: Member, told: list[Any]) -> None:
    session = SessionFactory(hosts=[host])
    was = session.starts_at
    moved = change_session(session=session, by=host, **TIMES)
    again = change_session(session=session, by=host, **TIMES)
    assert names(told) == ["tell_all_moved"]
    assert told[0][1]["before"].starts_at == was
    assert moved.sequence == again.sequence == 1
    assert moved.changed_at == again.changed_at > session.changed_at


@pytest.mark.parametrize("state", ["soon", "live_now"])
def test_a_new_way_in_is_told_once_people_could_see_the_old_one(
    host: Member, told: list[Any], state: str
) -> None:
    for trait in ({}, {state: True}):
        session = SessionFactory(hosts=[host], **trait)
        assert change_session(session=session, by=host, join_url=NEW_LINK).sequence == 1
    assert names(told) == ["tell_all_moved"]


def test_other_words_are_told_to_nobody(host: Member, told: list[Any]) -> None:
    session = change_session(session=SessionFactory(hosts=[host]), by=host, speakers="Ada")
    assert (session.speakers, session.sequence, told) == ("Ada", 0, [])


def test_more_places_go_to_who_waits(host: Member, told: list[Any]) -> None:
    session = SessionFactory(hosts=[host], capacity=1)
    BookingFactory(session=session)
    first, second = (BookingFactory(session=session, waiting=True) for _ in range(2))
    change_session(session=session, by=host, capacity=2)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("booked", "waiting")
    change_session(session=session, by=host, capacity=None)
    second.refresh_from_db()
    assert second.is_booked
    assert names(told) == ["tell_promoted"] * 2


@pytest.mark.parametrize("was", [20, None])
def test_fewer_places_than_are_taken_are_refused(host: Member, was: int | None) -> None:
    session = SessionFactory(hosts=[host], capacity=was)
    for place in (1, 7):
        BookingFactory(session=session, place=place)
    with pytest.raises(CannotChange, match="2 places are taken"):
        change_session(session=session, by=host, capacity=1)
    assert change_session(session=session, by=host, capacity=2).capacity == 2


def test_over_or_cancelled_it_stays_as_it_is(host: Member, told: list[Any]) -> None:
    over, off = (
        SessionFactory(hosts=[host], over=True),
        SessionFactory(hosts=[host], cancelled=True),
    )
    for session in (over, off):
        with pytest.raises(CannotChange):
            change_session(session=session, by=host, **TIMES)
    with pytest.raises(CannotChange, match="is over"):
        cancel_session(session=over, by=host)
    assert change_session(session=over, by=host, speakers="Ada").speakers == "Ada"
    assert told == []


def test_a_session_is_not_moved_into_the_past(host: Member) -> None:
    with pytest.raises(CannotChange, match="gone by"):
        change_session(session=SessionFactory(hosts=[host]), by=host, starts_at=at(2025, 1, 1))


def test_a_page_that_is_out_of_date_changes_nothing(host: Member, told: list[Any]) -> None:
    session = SessionFactory(hosts=[host])
    seen = session.changed_at
    change_session(session=session, by=host, seen=seen, capacity=30)
    with pytest.raises(CannotChange, match="Somebody else"):
        change_session(session=session, by=host, seen=seen, **TIMES)
    assert told == []


def test_who_may_open_names_hosts_and_who_was_only_named_does_not(anybody: Member) -> None:
    named, new = MemberFactory(), MemberFactory()
    session = SessionFactory(hosts=[named])
    with pytest.raises(PermissionDenied):
        change_session(session=session, by=named, hosts=[named, new])
    change_session(session=session, by=named, hosts=[named])  # nobody new: nothing to refuse
    change_session(session=session, by=anybody, hosts=[new])
    assert list(session.hosts.all()) == [new]
    event = AuditEvent.objects.get(action="webinars.changed")
    assert event.subject_ids == sorted([named.pk, new.pk])


# --- Cancelling ----------------------------------------------------------------------------------
def test_a_cancelled_session_tells_everybody_once(host: Member, told: list[Any]) -> None:
    session = SessionFactory(hosts=[host])
    booked, waiting = BookingFactory(session=session), BookingFactory(session=session, waiting=True)
    BookingFactory(session=session, cancelled=True)
    cancelled = cancel_session(session=session, by=host)
    assert cancel_session(session=session, by=host).cancelled_at == cancelled.cancelled_at
    assert names(told) == ["tell_all_cancelled"]
    assert {booking.pk for booking in told[0][1]["bookings"]} == {booked.pk, waiting.pk}
    assert cancelled.sequence == 1
    assert not session.bookings.active().exists()
    event = AuditEvent.objects.get(action="webinars.cancelled")
    assert event.subject_ids == sorted([booked.member_id, waiting.member_id])


def test_strangers_change_and_cancel_nothing(told: list[Any]) -> None:
    session, stranger = SessionFactory(), MemberFactory()
    other = SessionFactory(hosts=[stranger])
    for deed in (
        lambda: change_session(session=session, by=stranger, **TIMES),
        lambda: cancel_session(session=session, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert told == []
    assert not other.is_cancelled
