"""What may be done to requirements, by whom; each leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from compliance.models import Requirement, RequirementVersion
from members import audit
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courses.models import CoursePage
    from members.models import Member, PostKind


class Overtaken(Exception):  # noqa: N818 (a refusal, not a fault)
    """Somebody else has saved the requirement since it was read. Nothing is written."""


@transaction.atomic
def save_requirement(  # noqa: PLR0913 (a requirement has this many parts)
    *,
    requirement: Requirement,
    version: RequirementVersion | None,
    courses: Iterable[CoursePage] = (),
    post_kinds: Iterable[PostKind] = (),
    by: Member | None,
    based_on: str = "",
) -> Requirement:
    """Save a requirement's name and reason and, if given, append how it reads from a day on.

    `based_on` is the stamp of what the administrator has read: if somebody else was faster it
    raises Overtaken. Without it the later of two versions counts.
    """
    is_new = requirement.pk is None
    if is_new:
        requirement.save()
    else:
        _save_words(requirement, based_on)
    if version is not None:
        _append(requirement, version, by)
        version.courses.set(courses)
        version.post_kinds.set(post_kinds)
    action = "requirement.created" if is_new else "requirement.changed"
    facts = _facts(version) if version else {}
    audit.record(
        action,
        by=by,
        unit=version.unit if version else None,
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


def _save_words(requirement: Requirement, based_on: str) -> None:
    # Two at once: the second waits here, and then sees what the first has saved.
    now = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if based_on and now.stamp != based_on:
        raise Overtaken
    # Not whether it is archived: that is not this administrator's answer.
    requirement.save(update_fields=["title", "reason"])


def _append(requirement: Requirement, version: RequirementVersion, by: Member | None) -> None:
    Requirement.objects.select_for_update().get(pk=requirement.pk)
    last = requirement.versions.aggregate(last=Max("number"))["last"] or 0
    version.requirement, version.number = requirement, last + 1
    version.recorded_at, version.recorded_by = timezone.now(), by
    version.save(force_insert=True)


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
