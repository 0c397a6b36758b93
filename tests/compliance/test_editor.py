"""An administrator says who must complete what, and sees what it would do before it is saved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.models import Requirement
from compliance.reminders.plan import CODES
from members.models import AuditEvent, PostKind
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db
SAVE = {"save": "1"}


@pytest.fixture
def administrator(client_of: Callable, november: object) -> Client:
    return client_of(MemberFactory(administrator=True))


@pytest.fixture
def filled(party: Party) -> dict:
    return {
        "title": "Preventing harassment",
        "reason": "Whoever leads must know how to prevent it.",
        "courses": [CourseFactory(title="Harassment", for_good=True).pk],
        "audience": "posts",
        "post_kinds": [party.kinds["chair"].pk, party.kinds["councillor"].pk],
        "effective_from": "2026-01-01",
        "anchor": "start",
        "grace_days": "30",
        "reminders": list(CODES),
    }


def url(name: str, *args: int) -> str:
    return reverse(f"requirements:{name}", args=args)


def said(client: Client, address: str, data: dict) -> str:
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def harassment() -> Requirement:
    return Requirement.objects.get(title="Preventing harassment")


def test_what_it_would_do_is_shown_before_it_is_saved(administrator: Client, filled: dict) -> None:
    html = said(administrator, url("add"), filled)
    assert "Check before saving: Preventing harassment" in html
    assert "<strong>10 newly due:</strong>" in html
    assert "<strong>8 newly overdue:</strong>" in html
    assert "The North" in html
    assert "2 are touched" in html  # CLPs
    assert Requirement.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_saved_requirement_says_whom_it_obliges(administrator: Client, filled: dict) -> None:
    html = said(administrator, url("add"), filled | SAVE)
    assert "“Preventing harassment” is saved." in html
    assert "This obliges 10 people today:" in html
    assert "0 up to date, 2 still in time, 8 overdue." in html
    assert "The North" in html
    event = AuditEvent.objects.get(action="requirement.created")
    assert event.detail["requirement"] == harassment().pk
    assert event.detail["post_kinds"] == ["clp-chair", "councillor"]
    assert harassment().latest.reminders == list(CODES)


def test_the_example_is_by_the_terms(administrator: Client, filled: dict, party: Party) -> None:
    two_months = filled | {"post_kinds": [party.kinds["chair"].pk], "grace_days": "60"}
    html = said(administrator, url("add"), two_months | {"example": "1"})
    assert "Jo Smith, CLP chair since 1 October 2026, would be due by 30 November 2026." in html
    assert "Sam Jones, CLP chair since 21 November 2026, would be due by 20 January 2027." in html
    assert 'value="Preventing harassment"' in html
    assert Requirement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"anchor": "fixed", "fixed_on": "2027-03-31"},
            "Jo Smith, CLP chair since 1 October 2026, would be due by 31 March 2027.",
        ),
        (
            {"anchor": "sign-in"},
            "CLP chair since 1 October 2026, first signed in that day, would have been due by 31",
        ),
        (
            {"audience": "everyone"},
            "Jo Smith, a member since 1 October 2026, would have been due by 31 October 2026.",
        ),
        (
            {"audience": "named"},
            "Sam Jones, named by hand on 21 November 2026, would be due by 21 December 2026.",
        ),
        (
            {"effective_from": "2027-02-01"},
            "Jo Smith, CLP chair since 1 October 2026, would be due by 3 March 2027.",
        ),
    ],
)
def test_the_example_of_other_terms(
    administrator: Client, filled: dict, party: Party, change: dict, words: str
) -> None:
    chairs = filled | {"post_kinds": [party.kinds["chair"].pk]}
    assert words in said(administrator, url("add"), chairs | change | {"example": "1"})


def test_a_requirement_to_come_says_from_when(administrator: Client, filled: dict) -> None:
    later = filled | {"effective_from": "2027-02-01"}
    assert "What it would do on 1 February 2027" in said(administrator, url("add"), later)
    html = said(administrator, url("add"), later | SAVE)
    assert "From 1 February 2027 this obliges 10 people, by the posts and records of today:" in html


def test_a_change_is_a_version(administrator: Client, filled: dict, party: Party) -> None:
    said(administrator, url("add"), filled | SAVE)
    saved = harassment()
    only_chairs = filled | {"post_kinds": [party.kinds["chair"].pk], "effective_from": "2026-11-21"}
    html = said(administrator, url("edit", saved.pk), only_chairs)
    assert "<strong>8 relieved:</strong>" in html
    assert saved.versions.count() == 1
    html = said(administrator, url("edit", saved.pk), only_chairs | SAVE)
    assert [version.post_kinds.count() for version in saved.versions.all()] == [2, 1]
    assert AuditEvent.objects.first().action == "requirement.changed"
    assert "Posts: CLP chair; it was CLP chair, Councillor." in html
    assert "The first version." in html


def test_only_the_words_are_changed_at_once(administrator: Client, filled: dict) -> None:
    said(administrator, url("add"), filled | SAVE)
    saved = harassment()
    asked = filled | {"effective_from": "2026-11-21", "title": "No harassment"}
    assert "“No harassment” is saved." in said(administrator, url("edit", saved.pk), asked)
    assert saved.versions.count() == 1


def test_back_to_the_form_keeps_every_answer(administrator: Client, filled: dict) -> None:
    html = said(administrator, url("add"), filled | {"reminders": ["due-3"]})
    assert html.count('type="hidden" name="post_kinds"') == 2
    html = said(administrator, url("add"), filled | {"reminders": ["due-3"], "change": "1"})
    assert 'value="Preventing harassment"' in html
    assert html.count("checked") == 6  # a course, two posts, a mail, who, how time is counted


def test_many_people_ask_for_their_number(
    administrator: Client, filled: dict, party: Party
) -> None:
    for _ in range(10):
        TenureFactory(post_kind=party.kinds["councillor"], unit=party.a.clp)
    html = said(administrator, url("add"), filled)
    assert "This touches 20 people." in html
    html = said(administrator, url("add"), filled | SAVE | {"number": "2"})
    assert "This is not the number. Nothing is saved yet. To go on, type 20." in html
    assert html.count('type="hidden" name="post_kinds"') == 2
    assert Requirement.objects.count() == 1
    said(administrator, url("add"), filled | SAVE | {"number": "20"})
    assert harassment().latest.number == 1


def test_the_course_says_how_often_it_is_renewed(administrator: Client, filled: dict) -> None:
    html = administrator.get(url("add")).content.decode()
    assert "Safeguarding essentials (renewed every 2 years)" in html
    assert "Harassment (done once, counts for good)" in html


def test_all_mails_unless_some_are_taken_away(administrator: Client, filled: dict) -> None:
    html = administrator.get(url("add")).content.decode()
    assert html.count('name="reminders"') == html.count('name="reminders" value') == len(CODES)
    said(administrator, url("add"), filled | SAVE | {"reminders": ["assigned", "due-3"]})
    assert harassment().latest.reminders == ["assigned", "due-3"]


def test_the_staff_need_no_naming(administrator: Client, filled: dict) -> None:
    kind = PostKindFactory(code="staff", name="Staff", group=PostKind.Group.STAFF)
    TenureFactory(post_kind=kind, started_on=dt.date(2026, 1, 1))
    html = said(administrator, url("add"), filled | {"audience": "staff"} | SAVE)
    assert "This obliges 1 person today:" in html
    assert harassment().latest.post_kinds.count() == 0


def test_the_form_costs_the_same_however_many_people(
    administrator: Client, party: Party, django_assert_max_num_queries: Callable
) -> None:
    address = url("edit", Requirement.objects.get().pk)
    administrator.get(address)
    for _ in range(10):
        TenureFactory(post_kind=party.kinds["councillor"], unit=party.a.clp)
    with django_assert_max_num_queries(40):
        administrator.get(address)
