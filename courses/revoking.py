"""Taking a completion back: it should never have counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from courses.models import Revocation
from members import audit

if TYPE_CHECKING:
    from courses.models import Completion
    from members.models import Member


@transaction.atomic
def revoke_completion(*, completion: Completion, reason: str, by: Member) -> Revocation:
    """Let a completion count nowhere and on no day. Said again, the first one stands.

    The person may start the course again at once, and sees that it no longer counts and who
    said so, not the reason.
    """
    if not by.has_perm("courses.revoke_completion"):
        raise PermissionDenied
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
    return revocation
