"""The groups of the administration."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from tests.members.factories import MemberFactory
from training.roles import ROLES

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_roles", stdout=out)
    return out.getvalue()


def in_group(name: str) -> Member:
    load()
    member = MemberFactory()
    member.groups.add(Group.objects.get(name=name))
    return member


def test_a_training_administrator_may_administer_people_but_not_history() -> None:
    administrator = in_group("Training administrators")
    assert administrator.has_perms(
        ["wagtailadmin.access_admin", "members.change_member", "members.view_auditevent"]
    )
    assert not administrator.has_perm("members.change_auditevent")
    assert not administrator.has_perm("courses.change_completion")
    assert not administrator.has_perm("members.delete_member")


@pytest.mark.parametrize(
    ("group", "publishes"),
    [("Authors", False), ("Reviewers", True), ("Training administrators", True)],
)
def test_authors_write_questions_and_quizzes_and_others_publish_them(
    group: str, publishes: bool
) -> None:
    person = in_group(group)
    for model in ("question", "quiz"):
        assert person.has_perms([f"quizzes.{verb}_{model}" for verb in ("add", "change", "view")])
        assert person.has_perm(f"quizzes.publish_{model}") is publishes
        assert person.has_perm(f"quizzes.delete_{model}") is publishes


def test_authors_still_publish_the_pages_of_courses() -> None:
    in_group("Authors")
    assert "publish_page" in {role.name: role.on_pages for role in ROLES}["Authors"]


@pytest.mark.parametrize("group", ["Authors", "Reviewers"])
def test_who_writes_or_reviews_sees_no_people(group: str) -> None:
    author = in_group(group)
    assert author.has_perms(["wagtailadmin.access_admin", "quizzes.change_question"])
    assert not any("members." in permission for permission in author.get_all_permissions())
    assert not any("compliance." in permission for permission in author.get_all_permissions())
    assert not any("certificates." in permission for permission in author.get_all_permissions())
    assert not author.has_perm("quizzes.view_sitting")


def test_a_marker_marks_and_may_do_nothing_else() -> None:
    marker = in_group("Markers")
    assert marker.get_all_permissions() == {
        "wagtailadmin.access_admin",
        "quizzes.mark_essays",
        "quizzes.view_sitting",
    }
    group = Group.objects.get(name="Markers")
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert not GroupCollectionPermission.objects.filter(group=group).exists()


def test_a_training_administrator_decides_about_essays_and_extra_time_and_reads_none() -> None:
    administrator = in_group("Training administrators")
    assert administrator.has_perms(
        [
            "quizzes.change_assessmentsettings",
            "quizzes.add_adjustment",
            "quizzes.change_adjustment",
            "quizzes.delete_adjustment",
            "quizzes.view_sitting",
        ]
    )
    assert not administrator.has_perm("quizzes.mark_essays")


def test_load_roles__again_adds_nothing_and_tells_what_is_missing() -> None:
    assert "no page “courses” yet" in load()
    pages, media = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()
    load()
    assert GroupPagePermission.objects.count() == pages
    assert GroupCollectionPermission.objects.count() == media


def test_load_roles__keeps_a_wagtail_group_that_somebody_is_in() -> None:
    MemberFactory().groups.add(Group.objects.get(name="Editors"))
    load()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()
