"""Whom sessions are for: the sentence for one session and the list of all agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Member, Unit
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from tests.webinars.factories import SessionFactory, WebinarPageFactory
from webinars.audience import closed_to, open_sessions
from webinars.models import Session, WebinarPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, Unit]:
    """Two regions of one party; a constituency and its branch in the first."""
    party = UnitFactory(party=True)
    north, south = UnitFactory(parent=party, region=True), UnitFactory(parent=party, region=True)
    here = UnitFactory(parent=north)
    branch = UnitFactory(parent=here, branch=True)
    return {"party": party, "north": north, "south": south, "here": here, "branch": branch}


def is_open(session: Session, member: Member) -> bool:
    """Ask both ways; they must agree."""
    member = Member.objects.get(pk=member.pk)  # posts of today are remembered
    listed = open_sessions(member, Session.objects.all()).filter(pk=session.pk).exists()
    assert listed is (not closed_to(session, member))
    return listed


def test_without_conditions_it_is_for_everybody() -> None:
    session = SessionFactory()
    assert is_open(session, MemberFactory())
    assert session in open_sessions(None, Session.objects.all())


def test_for_adults_only() -> None:
    session = SessionFactory(webinar__minimum_age=18)
    young = MemberFactory(under_18=True)
    assert not is_open(session, young)
    assert "aged 18 and over" in closed_to(session.webinar, young)
    assert is_open(session, MemberFactory())
    assert is_open(SessionFactory(webinar__minimum_age=16), young)


def test_for_people_who_hold_a_post_today() -> None:
    chair = TenureFactory(chair=True)
    former = TenureFactory(chair=True, ended_on=chair.started_on.replace(year=2026))
    session = SessionFactory(webinar__post_kinds=[chair.post_kind, PostKindFactory()])
    assert is_open(session, chair.member)
    for other in (former.member, TenureFactory(councillor=True).member, MemberFactory()):
        assert not is_open(session, other)
        assert "CLP chair" in closed_to(session, other)
    assert session not in open_sessions(None, Session.objects.all())


@pytest.mark.parametrize("field", ["unit", "webinar__unit"])
def test_for_people_of_one_unit(units: dict[str, Unit], field: str) -> None:
    session = SessionFactory(**{field: units["north"]})
    at_home = MemberFactory(home_unit=units["branch"])
    by_post = TenureFactory(unit=units["here"], member__home_unit=units["south"]).member
    above = MemberFactory(home_unit=units["party"])
    assert is_open(session, at_home)
    assert is_open(session, by_post)
    for other in (above, MemberFactory(home_unit=units["south"]), MemberFactory()):
        assert not is_open(session, other)
        assert units["north"].name in closed_to(session, other)
    assert session not in open_sessions(None, Session.objects.all())


def test_a_webinar_in_general_asks_nothing_of_its_sessions(units: dict[str, Unit]) -> None:
    session = SessionFactory(unit=units["north"])
    assert closed_to(session, MemberFactory())
    assert closed_to(session.webinar, MemberFactory()) == ""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_sentence_and_the_list_agree(units: dict[str, Unit], data: st.DataObject) -> None:
    places = [None, *units.values()]
    member = MemberFactory(
        is_under_18=data.draw(st.booleans()), home_unit=data.draw(st.sampled_from(places))
    )
    if where := data.draw(st.sampled_from(places)):
        TenureFactory(member=member, unit=where, chair=data.draw(st.booleans()))
    session = Session.objects.first() or SessionFactory()
    chair = PostKindFactory(chair=True)
    session.webinar.post_kinds.set([chair] if data.draw(st.booleans()) else [])
    session.webinar.save()
    WebinarPage.objects.update(
        unit=data.draw(st.sampled_from(places)), minimum_age=data.draw(st.sampled_from([14, 18]))
    )
    Session.objects.update(unit=data.draw(st.sampled_from(places)))
    is_open(Session.objects.get(), member)


def test_many_sessions_are_narrowed_in_one_query(
    units: dict[str, Unit], django_assert_num_queries: object
) -> None:
    member = MemberFactory(home_unit=units["branch"])
    member.posts_today  # noqa: B018 (known to every request)
    webinar = WebinarPageFactory(unit=units["north"])
    SessionFactory.create_batch(5, webinar=webinar)
    with django_assert_num_queries(1):
        assert len(open_sessions(member, Session.objects.all())) == 5
