"""The accounts a visitor may enter with one click, and the rules of the demonstration."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import Group
from django.utils import timezone

from compliance.duty import terms
from compliance.models import Requirement, RequirementVersion
from compliance.reminders.plan import CODES
from compliance.requirements.actions import save_requirement
from courses.models import CoursePage
from members.append_only import erasure_window
from members.dates import add_period, end_of, today
from members.models import Member, PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.duty.terms import Terms

PASSWORD = "duty-of-care-demo"  # noqa: S105 (printed on the sign-in page of the demonstration)
HOME_CLP = "E14001560"  # Wakefield and Rothwell
OTHER_CLP = "E14001066"  # Amber Valley
RICH_CLPS = (HOME_CLP, OTHER_CLP)
REGION = "E12000003"  # Yorkshire and the Humber


class Account(NamedTuple):
    """A demonstration account: its name, groups and post (kind, unit, days since it began)."""

    email: str
    given_name: str
    family_name: str
    group: str = ""
    post: tuple[str, str, int] | None = None
    home: str = HOME_CLP


ACCOUNTS = (
    Account("admin@example.org", "Ada", "Marsh", "Training administrators"),
    Account("author@example.org", "Owen", "Pryce", "Authors"),
    Account("reviewer@example.org", "Ruth", "Adeyemi", "Reviewers"),
    Account("marker@example.org", "Marta", "Kowalska", "Markers"),
    Account("host@example.org", "Hana", "Begum", "Webinar organisers"),
    Account("national@example.org", "Nadia", "Rahman", post=("national-officer", "PARTY", 800)),
    Account("committee@example.org", "Norma", "Ellery", post=("nec-member", "PARTY", 200)),
    Account("region@example.org", "Rhona", "Fraser", post=("regional-officer", REGION, 500)),
    Account("chair@example.org", "Maureen", "Hirst", post=("clp-chair", HOME_CLP, 400)),
    Account("councillor@example.org", "Siân", "Ŵyn-Jôb", post=("councillor", f"{HOME_CLP}-1", 16)),
    Account(
        "chair2@example.org",
        "Derek",
        "Osei",
        post=("clp-chair", OTHER_CLP, 300),
        home=OTHER_CLP,
    ),
    Account("member@example.org", "Łucja", "Nowak"),
)
MANDATORY = ("clp-chair", "clp-secretary", "councillor", "staff")


def make_accounts() -> None:
    """Make the accounts that are missing; those that exist keep what they did."""
    for account in ACCOUNTS:
        member = Member.objects.filter(email=account.email).first() or _make(account)
        if account.group:
            member.groups.add(Group.objects.get(name=account.group))
        if account.post and not member.tenures.exists():
            kind, unit, days = account.post
            Tenure.objects.create(
                member=member,
                post_kind=PostKind.objects.get(code=kind),
                unit=Unit.objects.get(code=unit),
                started_on=today() - dt.timedelta(days=days),
                recorded_at=timezone.now() - dt.timedelta(days=days),
            )


def _make(account: Account) -> Member:
    return Member.objects.create_user(
        account.email,
        PASSWORD,
        given_name=account.given_name,
        family_name=account.family_name,
        home_unit=Unit.objects.get(code=account.home),
    )


def make_requirements() -> Iterable[Terms]:
    """Make the two rules of the demonstration, unless rules exist; return all in force."""
    if not Requirement.objects.exists():
        essentials = ("", "-easy-read", "-live")
        slugs = tuple(f"safeguarding-essentials{kind}" for kind in essentials)
        _require(slugs, "Everyone who speaks for us or leads others", 26, 30)
        prevention = ("preventing-sexual-harassment",)
        _require(prevention, "Whoever leads must know how to prevent it", 13, 60)
    return terms.in_force(on=today())


def _require(slugs: tuple[str, ...], reason: str, months_ago: int, grace: int) -> None:
    """Require the first of these courses; any of the others is as good."""
    courses = list(CoursePage.objects.filter(slug__in=slugs))
    course = next(course for course in courses if course.slug == slugs[0])
    since = add_period(today(), months=-months_ago)
    why = f"{reason}: people who come to us must find somebody who knows what to do."
    requirement = save_requirement(
        requirement=Requirement(title=course.title, reason=why),
        version=RequirementVersion(effective_from=since, grace_days=grace, reminders=list(CODES)),
        courses=courses,
        post_kinds=PostKind.objects.filter(code__in=MANDATORY),
        by=None,
    )
    with erasure_window():  # it was recorded when it began, not when the demonstration was made
        requirement.versions.update(recorded_at=end_of(since))
