"""Who decides, and about whom: what the tests of human decisions share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from compliance.models import Requirement
    from members.models import Member

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def decider(**fields: object) -> Member:
    """Make somebody who may decide about others' training."""
    member = MemberFactory(**fields)
    member.user_permissions.add(Permission.objects.get(codename="decide"))
    return member


@dataclass
class Case:
    """A councillor since 10 November 2026 whose training is due by 10 December."""

    by: Member
    member: Member
    requirement: Requirement


def case() -> Case:
    tenure = TenureFactory(councillor=True, started_on=day("2026-11-10"))
    requirement = RequirementFactory(title="Safeguarding", post_kinds=[tenure.post_kind])
    return Case(decider(), tenure.member, requirement)
