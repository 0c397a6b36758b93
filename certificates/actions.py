"""What can be done to certificates: award, revoke, share. Facts never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from certificates import codes
from certificates.models import Certificate
from courses.models import Completion
from courses.revoking import revoke_completion
from members import audit
from members.models import Organisation

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member

# Training elsewhere and imported records count, but somebody else taught them: nothing to certify.
TAUGHT_HERE = (
    Completion.Source.COURSE,
    Completion.Source.REFRESHER,
    Completion.Source.WEBINAR,
)
# A wrong fact on the paper, or a holder who wants none, leaves what was learned as it is.
NEVER_COUNTED = (Certificate.Reason.MISTAKE, Certificate.Reason.OTHER_PERSON)


def may_have_one(completion: Completion) -> bool:
    """Return whether this completion is one we certify."""
    return completion.source in TAUGHT_HERE and completion.course.gives_certificate


@transaction.atomic
def award(*, completion: Completion) -> Certificate | None:
    """Write the certificate of a completion, once, however often it is asked for.

    None when the course gives no certificate. Two callers at the same time get the same row: the
    unique completion decides, and the loser reads the winner's.
    """
    if not may_have_one(completion):
        return None
    certificate, _ = Certificate.objects.get_or_create(
        completion=completion, defaults=facts(completion)
    )
    return certificate


def facts(completion: Completion) -> dict[str, Any]:
    """Return what the certificate says, frozen today."""
    holder = completion.member
    supported = dict(settings.LANGUAGES)
    return {
        # The completion's own number: unique without a counter that everybody would queue for.
        "number": f"DC-{completion.completed_on.year}-{completion.pk:06}",
        "code": codes.new_code(),
        "holder_name": holder.get_full_name(),
        "holder_surname": codes.folded(holder.family_name or holder.given_name),
        "course_title": completion.course_title,
        "edition": completion.edition,
        "completed_on": completion.completed_on,
        "valid_to": completion.valid_to,
        "issuer": Organisation.load().name,
        "language": holder.language if holder.language in supported else settings.LANGUAGE_CODE,
    }


@transaction.atomic
def revoke(*, certificate: Certificate, reason: Certificate.Reason, by: Member) -> Certificate:
    """Withdraw a certificate for good. The holder sees that it happened and who did it.

    If it should never have been awarded, the completion counts no longer either.
    """
    if not by.has_perm("certificates.revoke_certificate"):
        raise PermissionDenied
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.revoked_at:
        return certificate
    _revoke(certificate, reason, by)
    if reason in NEVER_COUNTED:
        why = Certificate.Reason(reason).label
        revoke_completion(completion=certificate.completion, reason=why, by=by)
    return certificate


@transaction.atomic
def withdraw(*, completion: Completion, by: Member) -> Certificate | None:
    """Withdraw the certificate of a completion that was taken back, if it has one that stands.

    Whether `by` may take the completion back was asked where that was done.
    """
    standing = Certificate.objects.select_for_update(of=("self",)).filter(revoked_at=None)
    certificate: Certificate | None = standing.filter(completion=completion).first()
    if certificate:
        _revoke(certificate, Certificate.Reason.MISTAKE, by)
    return certificate


def _revoke(certificate: Certificate, reason: Certificate.Reason, by: Member) -> None:
    certificate.revoked_at = timezone.now()
    certificate.revoked_by = by
    certificate.revoked_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    about = [certificate.completion.member_id]
    audit.record("certificate.revoked", by=by, about=about, number=certificate.number)


@transaction.atomic
def share(*, certificate: Certificate, by: Member) -> Certificate:
    """Let anybody who has the code and knows the surname check it."""
    return _set_sharing(certificate, shared=True, by=by)


@transaction.atomic
def unshare(*, certificate: Certificate, by: Member) -> Certificate:
    """Let nobody check it any more, from this moment."""
    return _set_sharing(certificate, shared=False, by=by)


def _set_sharing(certificate: Certificate, *, shared: bool, by: Member) -> Certificate:
    if certificate.completion.member_id != by.pk:
        raise PermissionDenied  # consent is the holder's alone
    certificate.is_shared = shared
    certificate.save(update_fields=["is_shared"])
    return certificate
