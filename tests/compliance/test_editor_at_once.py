"""Two administrators at one requirement: the second is told, and nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.models import Requirement, RequirementVersion
from compliance.requirements.actions import Overtaken, archive_requirement, save_requirement
from compliance.requirements.version_words import NO_CHANGE, history
from members.dates import today
from tests.compliance.factories import RequirementFactory
from tests.compliance.test_editor import SAVE, administrator, filled, said, url
from tests.crowds import failures
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.compliance.conftest import Party

__all__ = ["administrator", "filled"]  # fixtures


def stamp(html: str) -> str:
    return re.search(r'name="based_on" value="(\w+)"', html)[1]


@pytest.mark.django_db
def test_the_second_is_told_and_keeps_everything(
    administrator: Client, client_of: Callable, filled: dict, party: Party
) -> None:
    saved = Requirement.objects.get()
    other = client_of(MemberFactory(administrator=True, given_name="Olu", family_name="Ade"))
    address = url("edit", saved.pk)
    both = stamp(administrator.get(address).content.decode())
    theirs = filled | SAVE | {"title": "Safeguarding", "grace_days": "10", "based_on": both}
    said(other, address, theirs)
    mine = filled | SAVE | {"title": "Safeguarding, mine", "grace_days": "60", "based_on": both}
    html = said(administrator, address, mine)
    assert "Olu Ade saved this requirement at 09:30 on 21 November 2026" in html
    assert 'value="Safeguarding, mine"' in html
    assert "Days to do it: 10; it was 30." in html
    assert saved.versions.count() == 2
    saved.refresh_from_db()
    assert saved.title == "Safeguarding"
    # Having seen that, the answers may be saved after all.
    said(administrator, address, mine | {"based_on": stamp(html)})
    assert [one.grace_days for one in saved.versions.all()] == [30, 10, 60]


@pytest.mark.django_db
def test_a_changed_name_alone_counts_as_a_change(party: Party) -> None:
    one, other = Requirement.objects.get(), Requirement.objects.get()
    read = one.stamp
    one.title = "First"
    save_requirement(requirement=one, version=None, by=None, based_on=read)
    other.reason = "Second"
    with pytest.raises(Overtaken):
        save_requirement(requirement=other, version=None, by=None, based_on=read)
    assert Requirement.objects.get().title == "First"


@pytest.mark.django_db
def test_what_was_archived_meanwhile_stays_archived(party: Party) -> None:
    read = Requirement.objects.get()
    based_on = read.stamp
    archive_requirement(requirement=Requirement.objects.get(), by=MemberFactory())
    with pytest.raises(Overtaken):
        save_requirement(requirement=read, version=None, by=None, based_on=based_on)
    save_requirement(requirement=read, version=None, by=None)  # a script that read nothing
    assert Requirement.objects.get().is_archived


@pytest.mark.django_db
def test_the_history_says_who_and_what(party: Party) -> None:
    saved = Requirement.objects.get()
    by = MemberFactory(given_name="Olu", family_name="Ade")
    version = RequirementVersion(effective_from=today(), must_renew=True, unit=party.region)
    save_requirement(
        requirement=saved,
        version=version,
        courses=saved.latest.courses.all(),
        post_kinds=[party.kinds["chair"]],
        by=by,
    )
    archive_requirement(requirement=saved, by=by)
    ended, changed, first = history(saved)
    assert ended.changes == ["Archived: nobody has to do it any more."]
    assert changed.who == "Olu Ade"
    assert set(changed.changes) == {
        "Must be renewed: yes; it was no.",
        "Posts: CLP chair; it was CLP chair, Councillor.",
        "Where: The North; it was the whole party.",
    }
    assert first.who == "The system"
    assert first.changes[0] == "The first version."


@pytest.mark.django_db
def test_the_history_costs_the_same_however_long(
    party: Party, django_assert_num_queries: Callable
) -> None:
    saved, by = Requirement.objects.get(), MemberFactory()
    for _ in range(4):
        version = RequirementVersion(effective_from=today())
        save_requirement(
            requirement=saved,
            version=version,
            courses=saved.latest.courses.all(),
            post_kinds=party.kinds.values(),
            by=by,
        )
    with django_assert_num_queries(4):  # versions, posts, courses; the names of posts
        entries = history(saved)
    assert entries[0].changes == [NO_CHANGE]


ROUNDS = 5


def race(based_on: Callable[[Requirement], str]) -> list[Exception]:
    """Let two administrators save what both have read, at the same moment."""
    requirement, by = RequirementFactory(), MemberFactory()
    courses = list(requirement.latest.courses.all())
    read = based_on(requirement)

    def save() -> None:
        save_requirement(
            requirement=Requirement.objects.get(pk=requirement.pk),
            version=RequirementVersion(effective_from=today(), audience="everyone"),
            courses=courses,
            by=by,
            based_on=read,
        )

    failed = failures(save, save)
    assert requirement.versions.count() == 1 + 2 - len(failed)
    return failed


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_one_is_told() -> None:
    for _ in range(ROUNDS):
        failed = race(lambda requirement: requirement.stamp)
        assert [type(error) for error in failed] == [Overtaken]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_without_the_stamp_both_would_have_saved() -> None:
    assert all(race(lambda requirement: "") == [] for _ in range(ROUNDS))
