"""Taking a completion back: it should never have counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from courses.models.records import Completion
from courses.models.revocation import Revocation
from courses.signals import completion_revoked
from members import audit

if TYPE_CHECKING:
    from members.models import Member

ATTENDANCE_TAKEN_BACK = "Attendance at a webinar was taken back"


@transaction.atomic
def revoke_completion(*, completion: Completion, reason: str, by: Member) -> Revocation:
    """Let a completion count nowhere and on no day. Said again, the first one stands.

    The person may start the course again at once, and sees that it no longer counts and who
    said so, not the reason.
    """
    if not by.has_perm("courses.revoke_completion"):
        raise PermissionDenied
    return _revoke(completion, reason, by)


@transaction.atomic
def take_back_completion(*, completion: Completion, by: Member) -> None:
    """Revoke a completion with the attendance it rested on, and what it renewed as a refresher.

    Whether `by` may take the attendance back was asked where that was done: hosts may.
    """
    renewed = Completion.objects.standing().filter(
        member=completion.member_id,
        source=Completion.Source.REFRESHER,
        course__refresher=completion.course_id,
        completed_on=completion.completed_on,
    )
    for each in [completion, *renewed]:
        _revoke(each, ATTENDANCE_TAKEN_BACK, by)


def _revoke(completion: Completion, reason: str, by: Member) -> Revocation:
    revocation, is_new = Revocation.objects.get_or_create(
        completion=completion,
        defaults={"reason": reason, "recorded_at": timezone.now(), "recorded_by": by},
    )
    if is_new:
        audit.record(
            "completion.revoked",
            by=by,
            about=[completion.member_id],
            course=completion.course_title,
            completed_on=str(completion.completed_on),
        )
        completion_revoked.send(sender=Completion, completion=completion, by=by)
    return revocation
