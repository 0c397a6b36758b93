"""What may be done to requirements and with people's names, by whom; each leaves a trace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from compliance.export import ExportFile
from compliance.models import Requirement, RequirementVersion
from compliance.people import ids
from members import audit
from members.dates import today
from members.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.people import Person
    from courses.models import CoursePage
    from members.models import Member, PostKind, Unit

EXPORTS_A_DAY = 3


@transaction.atomic
def save_requirement(
    *,
    requirement: Requirement,
    version: RequirementVersion | None,
    courses: Iterable[CoursePage] = (),
    post_kinds: Iterable[PostKind] = (),
    by: Member | None,
) -> Requirement:
    """Save a requirement's name and reason and, if given, append how it reads from a day on.

    Two administrators who save at the same moment make two versions; the later one counts.
    """
    is_new = requirement.pk is None
    requirement.save()
    if version is not None:
        _append(requirement, version, by)
        version.courses.set(courses)
        version.post_kinds.set(post_kinds)
    action = "requirement.created" if is_new else "requirement.changed"
    facts = _facts(version) if version else {}
    audit.record(
        action,
        by=by,
        unit=version and version.unit,
        requirement=requirement.pk,
        title=requirement.title,
        **facts,
    )
    return requirement


@transaction.atomic
def archive_requirement(*, requirement: Requirement, by: Member) -> Requirement:
    """End a requirement today. Nothing that people did is lost."""
    requirement.archived_at = timezone.now()
    requirement.save(update_fields=["archived_at"])
    ended = RequirementVersion(effective_from=today(), is_withdrawn=True)
    _append(requirement, ended, by)
    audit.record("requirement.archived", by=by, requirement=requirement.pk)
    return requirement


def _append(requirement: Requirement, version: RequirementVersion, by: Member | None) -> None:
    Requirement.objects.select_for_update().get(pk=requirement.pk)
    last = requirement.versions.aggregate(last=Max("number"))["last"] or 0
    version.requirement, version.number = requirement, last + 1
    version.recorded_at, version.recorded_by = timezone.now(), by
    version.save(force_insert=True)


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


def _facts(version: RequirementVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "courses": sorted(version.courses.values_list("pk", flat=True)),
        "audience": version.audience,
        "post_kinds": sorted(version.post_kinds.values_list("code", flat=True)),
        "effective_from": version.effective_from.isoformat(),
        "anchor": version.anchor,
        "grace_days": version.grace_days,
    }
