"""The groups of the administration."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from tests.members.factories import MemberFactory

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


def test_an_author_may_write_questions_and_sees_no_people() -> None:
    author = in_group("Authors")
    assert author.has_perms(["wagtailadmin.access_admin", "quizzes.change_question"])
    assert not any("members." in permission for permission in author.get_all_permissions())
    assert not any("compliance." in permission for permission in author.get_all_permissions())
    assert not any("certificates." in permission for permission in author.get_all_permissions())
    assert not author.has_perm("quizzes.view_sitting")


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
