"""The administrator's first page: what needs a decision today, a number and a link each."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.models import Decision
from courses.models import ImportedRow
from members.dates import today
from members.models import Mail
from support.models import SupportOrganisation
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.courses.proofs import a_claim
from tests.courses.test_admin import law
from tests.members.factories import MemberFactory, TenureFactory
from training.admin_home import ToDoPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOTHING = "Nothing needs a decision today."


@pytest.fixture
def administrator() -> Member:
    return MemberFactory(administrator=True)


def to_do(viewer: Member) -> str:
    """Return what the first panel of the page says, in words."""
    client = Client()
    client.force_login(viewer)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    panel = html.partition("What needs a decision today")[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", panel).split())


def decide(until: dt.date, **fields: object) -> Decision:
    return Decision.objects.create(
        kind=Decision.Kind.LEAVE,
        member=MemberFactory(),
        from_on=today() - DAY,
        until_on=until,
        recorded_at=timezone.now(),
        recorded_by=MemberFactory(),
        **fields,
    )


def mail(member: Member, key: str, *, failed: bool, days_ago: int = 0) -> Mail:
    at = timezone.now() - DAY * days_ago
    facts = {"failed_at": at, "error": "No such mailbox"} if failed else {"sent_at": at}
    return Mail.objects.create(
        key=key, member=member, kind="due", subject="s", text="t", message_id=key, **facts
    )


def imported(email: str) -> None:
    ImportedRow.objects.create(
        email=email,
        course=CourseFactory(),
        completed_on=today(),
        recorded_at=timezone.now(),
        recorded_by=MemberFactory(),
    )


def one_of_each(number: int = 0) -> None:
    a_claim()
    imported(f"nobody{number}@example.org")
    SupportOrganisation.objects.create(name=f"Helpline {number}", phone="1")
    decide(today() + 30 * DAY)
    mail(MemberFactory(), f"bounced-{number}", failed=True)
    RequirementFactory(title=f"For nobody {number}")
    course = CourseFactory()
    ModuleFactory(parent=course, body=[("law", law(dt.date(2026, 2, 1)))])


def test_nothing_to_decide(administrator: Member) -> None:
    assert NOTHING in to_do(administrator)


def test_each_is_a_number_with_one_link(administrator: Member) -> None:
    one_of_each()
    said = to_do(administrator)
    for words in (
        "1 proof of training elsewhere to approve or send back",
        "1 imported record whose person was not found",
        "1 decision about somebody's training ends within 30 days",
        "1 person whose last mail came back",
        "1 support organisation to check",
        "1 requirement that nobody falls under",
        "1 statement of law to check again",
    ):
        assert words in said.replace("&#x27;", "'")
    assert NOTHING not in said
    client = Client()
    client.force_login(administrator)
    panel = ToDoPanel().get_context_data({"request": type("R", (), {"user": administrator})})
    for task in panel["decisions"]:
        if not task.where.startswith("#"):
            assert client.get(task.where).status_code == 200


def test_what_needs_nobody_is_left_out(administrator: Member) -> None:
    decide(today() + 31 * DAY)
    decide(today() - DAY)
    again = MemberFactory()
    mail(again, "came-back", failed=True, days_ago=3)
    mail(again, "arrived", failed=False)
    RequirementFactory(title="Archived", archived=True)
    tenure = TenureFactory(councillor=True)
    RequirementFactory(title="For somebody", post_kinds=[tenure.post_kind])
    assert NOTHING in to_do(administrator)


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("approve_evidence", ["proof of training", "imported record"]),
        ("decide", ["decision about"]),
        ("view_member", ["person whose last mail"]),
        ("change_supportorganisation", ["support organisation"]),
        ("view_requirement", []),
        ("view_auditevent", []),
    ],
)
def test_only_what_the_viewer_may_decide(permission: str, words: list[str]) -> None:
    one_of_each()
    viewer = MemberFactory()
    wanted = ["access_admin", permission]
    viewer.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    said = to_do(viewer)
    for told in ("proof of", "imported", "decision about", "last mail", "support", "nobody falls"):
        assert (told in said) is any(told in word for word in words), told


def test_the_people_whose_mail_came_back_are_found(administrator: Member) -> None:
    away, here = MemberFactory(family_name="Unreached"), MemberFactory(family_name="Reached")
    mail(away, "came-back", failed=True)
    mail(here, "arrived", failed=False)
    client = Client()
    client.force_login(administrator)
    address = reverse("people:index")
    shown = client.get(address, {"unreached": "true"}).content.decode()
    assert "Unreached" in shown
    assert reverse("people:edit", args=[here.pk]) not in shown
    shown = client.get(address, {"unreached": "false"}).content.decode()
    assert reverse("people:edit", args=[away.pk]) not in shown


def test_it_costs_the_same_however_much_waits(
    administrator: Member, django_assert_num_queries: Callable
) -> None:
    context = {"request": type("R", (), {"user": administrator})}
    one_of_each()
    # Proofs, imports, decisions, mails, support, questions and lessons with law; drafts of pages,
    # questions, quizzes; requirements with their posts and courses, and whom they oblige.
    with django_assert_num_queries(14) as first:
        ToDoPanel().get_context_data(context)
    for number in range(1, 4):
        one_of_each(number)
    with django_assert_num_queries(len(first)):
        ToDoPanel().get_context_data(context)
