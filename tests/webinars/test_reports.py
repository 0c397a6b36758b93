"""How many came: by session, region and post; small numbers only for who may see them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from members.dates import add_period, today
from members.models import AuditEvent
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory, at
from webinars.reports.figures import NOWHERE, TOGETHER, Figures, Period
from webinars.reports.folding import FEWEST, folded, is_small

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member, Unit
    from webinars.models import Session

db = pytest.mark.django_db


@pytest.fixture
def everything() -> Member:
    """Somebody who administers all webinars."""
    return MemberFactory(administrator=True)


@pytest.fixture
def party() -> Unit:
    return UnitFactory(party=True)


def somebody(region: Unit | None = None, *posts: Any, **fields: Any) -> Member:
    """Return a member with a home in this region, holding these kinds of posts."""
    home = UnitFactory(parent=region) if region else None
    member = MemberFactory(home_unit=home, **fields)
    for kind in posts:
        TenureFactory(member=member, post_kind=kind)
    return member


def came(session: Session, *people: Member, **fields: Any) -> None:
    for member in people:
        AttendanceFactory(session=session, member=member, **fields)


def said(lines: Any) -> dict[str, str]:
    return {line.name: line.share for line in lines}


# --- What is counted ----------------------------------------------------------------------------
@db
def test_sessions_regions_and_posts_are_counted(everything: Member, party: Unit) -> None:
    wales, london = (UnitFactory(parent=party, region=True, name=name) for name in ("Wales", "L"))
    chair, councillor = PostKindFactory(chair=True), PostKindFactory(councillor=True)
    both, ada, bob = somebody(wales, chair, councillor), somebody(london, chair), somebody(wales)
    session = SessionFactory(over=True)
    for member in (both, ada, bob):
        BookingFactory(session=session, member=member)
    BookingFactory(session=session, cancelled=True)
    came(session, both)
    came(session, ada, part=True)
    came(session, bob, absent=True)
    came(session, somebody())
    figures = Figures(everything)
    (line,) = figures.by_session
    assert (line.booked, line.came, line.absent) == (3, 3, 1)
    assert said(figures.by_region) == {
        "L": "100% came (1 of 1); 0 did not",
        "Wales": "50% came (1 of 2); 1 did not",
        NOWHERE: "100% came (1 of 1); 0 did not",
    }
    assert said(figures.by_post) == {
        chair.name: "100% came (2 of 2); 0 did not",
        councillor.name: "100% came (1 of 1); 0 did not",
    }
    assert figures.sentence == "1 session: 3 of 4 came (75%), 1 had booked and did not come."


@db
def test_posts_are_those_of_the_day_by_the_clock_in_london(everything: Member) -> None:
    """At half past midnight in London in summer it is still the day before in UTC."""
    session = SessionFactory(starts_at=at(2026, 6, 10, 0, 30))
    kind = PostKindFactory(councillor=True)
    day = dt.date(2026, 6, 10)
    for began, ended in [
        (day, None),  # on that day, for good
        (day - dt.timedelta(days=9), day),  # no longer held on the day it ends
        (day + dt.timedelta(days=1), None),  # from the day after on
    ]:
        held = TenureFactory(post_kind=kind, started_on=began, ended_on=ended)
        came(session, held.member)
    twice = TenureFactory(post_kind=kind).member
    TenureFactory(member=twice, post_kind=kind)  # the same post in another place: one person
    came(session, twice)
    figures = Figures(everything, Period(day, day))
    assert [line.came for line in figures.by_post] == [2]
    assert not Figures(everything, Period(add_period(day, days=1), today())).sessions
    assert not Figures(
        everything, Period(add_period(day, days=-9), add_period(day, days=-1))
    ).sessions


@db
def test_what_is_not_over_or_cancelled_is_left_out(everything: Member) -> None:
    SessionFactory()
    SessionFactory(over=True, cancelled=True)
    assert Figures(everything).sentence == "No session was held in this time."
    BookingFactory(session=SessionFactory(over=True))
    figures = Figures(everything)
    assert figures.sentence == "1 session. Nobody's attendance is recorded yet."
    assert figures.by_session[0].share == "1 person booked; attendance is not recorded"


# --- Small numbers ------------------------------------------------------------------------------
numbers = st.builds(
    lambda came, absent: Counter(attended=came, absent=absent), *[st.integers(0, 30)] * 2
)


@given(rows=st.dictionaries(st.sampled_from("abcdefgh"), numbers))
def test_what_is_shown_adds_up_and_tells_nobody(rows: dict[str, Counter[str]]) -> None:
    shown, together = folded(rows)
    whole = sum(rows.values(), Counter())
    assert sum(shown.values(), together or Counter()) == whole
    assert not any(is_small(row) for row in shown.values())
    left_out = len(rows) - len(shown)
    if together and shown:
        # What is put together are at least two, and their numbers are no small ones.
        assert left_out >= 2
        assert not is_small(together)
    assert (together is not None) == any(is_small(row) for row in rows.values())


@db
def test_a_host_is_not_told_where_few_people_are_from(party: Unit) -> None:
    """The host knows who came; that two of them are from Wales is not for the host."""
    host = MemberFactory()
    regions = [UnitFactory(parent=party, region=True, name=name) for name in "ABC"]
    session = SessionFactory(over=True, hosts=[host])
    for region, people in zip(regions, (FEWEST + 2, FEWEST, 2), strict=True):
        came(session, *(somebody(region) for _ in range(people)))
    figures = Figures(host)
    assert [line.came for line in figures.by_session] == [14]
    assert [(line.name, line.came) for line in figures.by_region] == [("A", 7), (TOGETHER, 7)]
    assert "unknown" not in str(figures.bars)


# --- The pages ----------------------------------------------------------------------------------
@db
def test_each_host_sees_their_own_sessions(client: Client) -> None:
    host = MemberFactory()
    SessionFactory(over=True, hosts=[host], webinar__title="Mine")
    SessionFactory(over=True, webinar__title="Theirs")
    client.force_login(host)
    page = client.get(reverse("webinars:figures")).content.decode()
    assert "Mine" in page
    assert "Theirs" not in page
    client.force_login(MemberFactory())
    assert client.get(reverse("webinars:figures")).status_code == 404


@db
def test_a_period_that_is_none_is_said_so(client: Client) -> None:
    host = MemberFactory()
    SessionFactory(over=True, hosts=[host])
    client.force_login(host)
    for since, until, words in [
        ("2026-05-02", "2026-05-01", "not before the first"),
        ("never", "", "Write a day"),
        ("0001-01-01", "9999-12-31", "after the year 2000"),
    ]:
        page = client.get(reverse("webinars:figures"), {"since": since, "until": until})
        assert words in page.content.decode()
        assert page.context["figures"].period == Period.usual()


@db
def test_the_report_of_the_administration_and_its_files(client: Client, party: Unit) -> None:
    call_command("load_roles", verbosity=0)
    administrator, author = MemberFactory(), MemberFactory()
    for member, name in ((administrator, "Training administrators"), (author, "Authors")):
        member.groups.add(Group.objects.get(name=name))
    region = UnitFactory(parent=party, region=True, name="=Wales")
    session = SessionFactory(over=True, webinar__title="Speaking up")
    came(session, somebody(region))
    client.force_login(author)
    assert client.get(reverse("webinars_report")).status_code == 404
    assert client.get(reverse("webinars_report_file", args=["csv"])).status_code == 404
    client.force_login(administrator)
    page = client.get(reverse("webinars_report")).content.decode()
    assert "1 session: 1 of 1 came (100%), 0 had booked and did not come." in page
    file = client.get(reverse("webinars_report_file", args=["csv"]))
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    day = timezone.localdate(session.starts_at).isoformat()
    assert rows[1] == ["Session", "Speaking up", day, "0", "1", "0", "0", "0"]
    assert rows[2][1] == "'=Wales"
    sheet = client.get(reverse("webinars_report_file", args=["xlsx"]))
    assert load_workbook(io.BytesIO(sheet.content)).active["E2"].value == 1
    assert client.get(reverse("webinars_report_file", args=["exe"])).status_code == 404
    events = AuditEvent.objects.filter(action="webinar.figures_exported")
    assert [event.detail["format"] for event in events.order_by("pk")] == ["csv", "xlsx"]


@db
@pytest.mark.parametrize("name", ["webinars:figures", "webinars_report"])
def test_the_pages_ask_as_often_for_many_sessions(
    client: Client, name: str, everything: Member, django_assert_max_num_queries: Any
) -> None:
    region = UnitFactory(parent=UnitFactory(party=True), region=True)
    kind = PostKindFactory(chair=True)
    client.force_login(everything)

    def fill() -> None:
        session = SessionFactory(over=True)
        for _ in range(3):
            BookingFactory(session=session)
            came(session, somebody(region, kind))

    fill()
    client.get(reverse(name))
    with django_assert_max_num_queries(20) as few:  # ten of them count; the frame asks the rest
        client.get(reverse(name))
    for _ in range(4):
        fill()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))
