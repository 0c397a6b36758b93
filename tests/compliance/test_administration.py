"""An administrator says who must complete what, and sees at once how many people that obliges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.models import Requirement
from members.models import AuditEvent
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client_of: Callable, november: object) -> Client:
    return client_of(MemberFactory(administrator=True))


@pytest.fixture
def filled(party: Party) -> dict:
    return {
        "title": "Preventing harassment",
        "reason": "Whoever leads must know how to prevent it.",
        "courses": [CourseFactory(title="Harassment", for_good=True).pk],
        "post_kinds": [party.kinds["chair"].pk, party.kinds["councillor"].pk],
        "effective_from": "2026-01-01",
        "grace_days": "30",
    }


def url(name: str, *args: int) -> str:
    return reverse(f"requirements:{name}", args=args)


def test_a_saved_requirement_says_whom_it_obliges(administrator: Client, filled: dict) -> None:
    response = administrator.post(url("add"), filled, follow=True)
    html = response.content.decode()
    assert "“Preventing harassment” is saved." in html
    assert "This obliges 10 people today:" in html
    assert "0 up to date, 2 still in time, 8 overdue." in html
    assert "The North" in html
    requirement = Requirement.objects.get(title="Preventing harassment")
    event = AuditEvent.objects.get(action="requirement.created")
    assert event.detail["requirement"] == requirement.pk
    assert event.detail["post_kinds"] == ["clp-chair", "councillor"]


def test_how_many_people_would_this_oblige(administrator: Client, filled: dict) -> None:
    html = administrator.post(url("add"), filled | {"preview": "1"}).content.decode()
    assert "Not saved yet. This would oblige 10 people today:" in html
    assert 'value="Preventing harassment"' in html
    assert not Requirement.objects.filter(title="Preventing harassment").exists()
    assert not AuditEvent.objects.exists()


def test_a_requirement_to_come_says_from_when(administrator: Client, filled: dict) -> None:
    later = filled | {"preview": "1", "effective_from": "2027-02-01"}
    html = administrator.post(url("add"), later).content.decode()
    assert "From 1 February 2027 this obliges 10 people, by the posts and records of today:" in html


def test_a_change_can_be_tried_and_is_recorded(
    administrator: Client, filled: dict, party: Party
) -> None:
    administrator.post(url("add"), filled)
    saved = Requirement.objects.get(title="Preventing harassment")
    only_chairs = filled | {"post_kinds": [party.kinds["chair"].pk]}
    html = administrator.post(
        url("edit", saved.pk), only_chairs | {"preview": "1"}
    ).content.decode()
    assert "This would oblige 2 people today:" in html
    assert saved.post_kinds.count() == 2
    administrator.post(url("edit", saved.pk), only_chairs)
    assert saved.post_kinds.count() == 1
    assert AuditEvent.objects.first().action == "requirement.changed"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("post_kinds", [], "Choose at least one kind of post. Without one nobody has to do it."),
        ("courses", [], "Choose at least one course. Without one there is nothing to complete."),
        ("effective_from", "2126-01-01", "This is more than five years away. Check the year."),
        ("grace_days", "1000", "less than or equal to 730"),
        ("title", "safeguarding", "There is already a requirement with this name."),
    ],
)
def test_refused_with_what_is_missing(
    administrator: Client, filled: dict, field: str, value: object, words: str
) -> None:
    for button in ({}, {"preview": "1"}):
        response = administrator.post(url("add"), filled | {field: value} | button)
        assert words in response.content.decode()
    assert Requirement.objects.count() == 1


def test_the_course_says_how_often_it_is_renewed(
    administrator: Client, filled: dict, party: Party
) -> None:
    html = administrator.get(url("add")).content.decode()
    assert "Safeguarding essentials (renewed every 2 years)" in html
    assert "Harassment (done once, counts for good)" in html


def test_the_list_counts_people(administrator: Client, party: Party) -> None:
    html = administrator.get(url("index")).content.decode()
    row = html[html.index("Safeguarding") :]
    assert [number in row for number in ("10", "4")] == [True, True]


def test_the_list_costs_the_same_however_many(
    administrator: Client, party: Party, filled: dict, django_assert_max_num_queries: Callable
) -> None:
    administrator.get(url("index"))
    for number in range(5):
        administrator.post(url("add"), filled | {"title": f"Another {number}"})
    with django_assert_max_num_queries(25):
        administrator.get(url("index"))


def test_archive_instead_of_delete(administrator: Client, party: Party) -> None:
    saved = Requirement.objects.get()
    assert "Archive it" in administrator.get(url("delete", saved.pk)).content.decode()
    administrator.post(url("delete", saved.pk))
    saved.refresh_from_db()
    assert saved.is_archived
    assert AuditEvent.objects.get().action == "requirement.archived"
    administrator.get(url("index"))  # says once that it is archived
    assert "Safeguarding" not in administrator.get(url("index")).content.decode()
    assert administrator.get(url("edit", saved.pk)).status_code == 404


def test_a_chair_has_no_administration(client_of: Callable, party: Party) -> None:
    assert client_of(party.a.chair).get(url("index")).status_code == 404
