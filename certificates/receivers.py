"""A completion brings its certificate, in the same transaction: both exist, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from certificates import actions
from courses.signals import completion_revoked, course_completed

if TYPE_CHECKING:
    from typing import Any

    from courses.models import Completion
    from members.models import Member


@receiver(course_completed, dispatch_uid="certificates.award")
def award_certificate(completion: Completion, **kwargs: Any) -> None:
    """Award the certificate. An error here takes the completion back as well."""
    actions.award(completion=completion)


@receiver(completion_revoked, dispatch_uid="certificates.withdraw")
def withdraw_certificate(completion: Completion, by: Member, **kwargs: Any) -> None:
    """Withdraw the certificate of what counts no longer."""
    actions.withdraw(completion=completion, by=by)
