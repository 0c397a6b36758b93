"""What may be done to requirements and with people's names, by whom; each leaves a trace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from compliance.export import ExportFile
from compliance.people import ids
from members import audit
from members.dates import today
from members.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.models import Requirement
    from compliance.people import Person
    from courses.models import CoursePage
    from members.models import Member, PostKind, Unit

EXPORTS_A_DAY = 3


@transaction.atomic
def save_requirement(
    *,
    requirement: Requirement,
    courses: Iterable[CoursePage],
    post_kinds: Iterable[PostKind],
    by: Member,
) -> Requirement:
    """Save a requirement with what it names, and record it as it now reads."""
    is_new = requirement.pk is None
    requirement.save()
    requirement.courses.set(courses)
    requirement.post_kinds.set(post_kinds)
    action = "requirement.created" if is_new else "requirement.changed"
    audit.record(action, by=by, unit=requirement.unit, **_facts(requirement))
    return requirement


@transaction.atomic
def archive_requirement(*, requirement: Requirement, by: Member) -> Requirement:
    """End a requirement today. Nothing that people did is lost."""
    requirement.archived_at = timezone.now()
    requirement.save(update_fields=["archived_at"])
    audit.record("requirement.archived", by=by, unit=requirement.unit, requirement=requirement.pk)
    return requirement


def exports_left(member: Member) -> int:
    """Return how many more lists with names this member may export today."""
    made = AuditEvent.objects.filter(
        actor=member, action="compliance.exported", at__date=today()
    ).count()
    return max(EXPORTS_A_DAY - made, 0)


@transaction.atomic
def export_people(*, unit: Unit, people: Sequence[Person], reason: str, by: Member) -> ExportFile:
    """Write the people into a file that says who made it, when and under which number."""
    file = ExportFile(unit, people, by=by, at=timezone.now(), serial=secrets.token_hex(4).upper())
    audit.record(
        "compliance.exported",
        by=by,
        unit=unit,
        about=ids(people),
        reason=reason,
        serial=file.serial,
        sha256=file.sha256,
    )
    return file


def _facts(requirement: Requirement) -> dict[str, Any]:
    return {
        "requirement": requirement.pk,
        "title": requirement.title,
        "courses": sorted(requirement.courses.values_list("pk", flat=True)),
        "post_kinds": sorted(requirement.post_kinds.values_list("code", flat=True)),
        "applies_from": requirement.applies_from.isoformat(),
        "grace_days": requirement.grace_days,
    }
