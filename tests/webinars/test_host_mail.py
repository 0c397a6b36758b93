"""Who is made a host of a session is told once what they host and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine

from members.models import Mail
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars.sessions import cancel_session, change_session, open_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db
STARTS = at(2026, 10, 13, 18, 30)
WHEN = "6:30pm on Tuesday 13 October 2026"


@pytest.fixture(autouse=True)
def _a_week_before() -> Iterator[None]:
    with time_machine.travel(at(2026, 10, 6, 12), tick=False):
        yield


@pytest.fixture
def names() -> Member:
    """Somebody who may name hosts."""
    return MemberFactory(administrator=True, given_name="Priya", family_name="Shah")


def told() -> list[Member]:
    return [mail.member for mail in Mail.objects.order_by("pk").filter(kind="webinar-host")]


def test_it_says_what_when_where_and_what_a_host_does(names: Member) -> None:
    host = MemberFactory(given_name="Ann")
    webinar = WebinarPageFactory(title="Speaking up")
    session = open_session(webinar=webinar, by=names, hosts=[host], starts_at=STARTS, minutes=60)
    mail = Mail.objects.get()
    assert (mail.member, mail.subject) == (host, f"You host a session: {WHEN}")
    assert (mail.quiet, mail.optional, mail.calendar) == (True, False, "")
    for part in (mail.text, mail.html):
        for words in (
            "Hello Ann,",
            "Priya Shah has named you as a host",
            "Speaking up",
            f"{WHEN}, to 7:30pm",
            "What a host does:",
            "attendance report",
            "please tell Priya Shah",
            f"http://localhost:8000/sessions/host/{session.pk}/",
            "because you were named as a host",
        ):
            assert words in part
        assert "reference" not in part


def test_where_a_code_counts_it_speaks_of_the_code_and_a_sensitive_title_is_nowhere(
    names: Member,
) -> None:
    webinar = WebinarPageFactory(by_code=True, sensitive=True, title="After an assault")
    hosts = [MemberFactory()]
    open_session(webinar=webinar, by=names, hosts=hosts, starts_at=STARTS, minutes=60)
    mail = Mail.objects.get()
    for part in (mail.text, mail.html):
        assert "the code to check in with" in part
        assert "attendance report" not in part
        assert "assault" not in part


def test_only_who_is_new_is_told_and_once(names: Member) -> None:
    first, second, names_themself = MemberFactory(), MemberFactory(), names
    session = SessionFactory(hosts=[first])
    change_session(session=session, by=names, hosts=[first, second, names_themself])
    change_session(session=session, by=names, hosts=[first])
    change_session(session=session, by=names, hosts=[first, second])
    assert told() == [second]
    change_session(session=SessionFactory(), by=names, hosts=[second])
    assert told() == [second, second]  # another session


def test_moved_in_the_same_step_it_says_the_new_time(names: Member) -> None:
    session = BookingFactory(session__starts_at=STARTS).session
    later = at(2026, 10, 14, 9)
    change_session(session=session, by=names, hosts=[host := MemberFactory()], starts_at=later)
    assert "9am on Wednesday 14 October 2026" in Mail.objects.get(member=host).subject


def test_of_what_is_over_or_cancelled_nobody_is_told(names: Member) -> None:
    over, off = SessionFactory(over=True), SessionFactory()
    cancel_session(session=off, by=names)
    for session in (over, off):
        change_session(session=session, by=names, hosts=[MemberFactory()])
    assert told() == []


def test_what_begins_within_a_day_is_told_at_night_too(names: Member) -> None:
    with time_machine.travel(at(2026, 10, 12, 23), tick=False):
        session = SessionFactory(starts_at=STARTS)
        change_session(session=session, by=names, hosts=[MemberFactory()])
    assert Mail.objects.get().quiet is False


@pytest.mark.parametrize("people", [1, 10])
def test_naming_many_costs_what_naming_one_costs(
    names: Member, people: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session, hosts = SessionFactory(), MemberFactory.create_batch(people)
    change_session(session=SessionFactory(), by=names, hosts=hosts)
    with django_assert_max_num_queries(19):  # one of them only on PostgreSQL
        change_session(session=session, by=names, hosts=hosts)
