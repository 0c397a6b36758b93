"""Reminders in the administration: counts, and whom they did not reach."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import Reminder, Requirement
from members.mail import post_mail
from members.models import AuditEvent, Mail, Member
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db
PAGE = "reminder_report"


def client(*permissions: str) -> Client:
    member, visitor = MemberFactory(), Client()
    wanted = ["access_admin", *permissions]
    member.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    visitor.force_login(member)
    return visitor


@pytest.fixture
def requirement() -> Requirement:
    return RequirementFactory()


def tell(requirement: Requirement, member: Member, code: str = "due-14") -> Mail | None:
    said = {"kind": "reminder", "subject": "S", "text": "T", "html": ""}
    mail = post_mail(key=f"{member.pk}{code}", to=member, **said)
    Reminder.objects.create(
        requirement=requirement, member=member, cycle=dt.date(2026, 1, 1), code=code, mail=mail
    )
    return mail


def page(visitor: Client) -> str:
    return visitor.get(reverse(PAGE)).content.decode()


def row(words: str) -> Sequence[str]:
    body = words.partition("<tbody>")[2].partition("</tbody>")[0]
    return [cell.partition("</td>")[0] for cell in body.split("<td>")[1:]]


def test_it_counts_by_mail_and_lists_whom_it_did_not_reach(requirement: Requirement) -> None:
    for _ in range(3):
        tell(requirement, MemberFactory())
    lost = tell(requirement, MemberFactory(given_name="Bea", family_name="Lost"))
    Mail.objects.filter(pk=lost.pk).update(failed_at=timezone.now(), error="550 No such person")
    silent = MemberFactory(given_name="Sol", family_name="Silent", without_email=True)
    tell(requirement, silent)
    administrator = client("view_reminder")
    words = page(administrator)
    assert row(words) == ["14 days before it is due", "4", "1"]
    assert "Bea Lost" in words
    assert "550 No such person" in words
    assert "Sol Silent" in words
    event = AuditEvent.objects.get(action="reminder.listed")
    assert event.subject_ids == sorted([lost.member_id, silent.pk])
    silent.email = "sol@example.org"
    silent.save()
    assert "Sol Silent" not in page(administrator)


def test_nothing_yet() -> None:
    words = page(client("view_reminder"))
    assert "No reminder was sent." in words
    assert not AuditEvent.objects.filter(action="reminder.listed").exists()


def test_without_the_permission_it_does_not_exist() -> None:
    assert client().get(reverse(PAGE)).status_code == 404


def test_more_people_take_no_more_queries(requirement: Requirement) -> None:
    administrator, counted = client("view_reminder"), []
    page(administrator)
    for _ in range(2):
        for _ in range(4):
            mail = tell(requirement, MemberFactory())
            Mail.objects.filter(pk=mail.pk).update(failed_at=timezone.now(), error="550")
            tell(requirement, MemberFactory(without_email=True))
        with CaptureQueriesContext(connection) as queries:
            page(administrator)
        counted.append(len(queries))
    assert counted[0] == counted[1]
