"""What is done to people's records, each with its line in the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from members import audit
from members.models import Declined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member, Tenure


@transaction.atomic
def save_member(*, member: Member, changed: Iterable[str], by: Member) -> Member:
    """Save a new or edited member; `changed` names the fields, never what stands in them."""
    new = member.pk is None
    if new and not member.password:
        member.set_unusable_password()
    member.save()
    if "email" in changed:
        # allauth keeps proven addresses: an old one must not go on opening the account.
        EmailAddress.objects.filter(user=member).exclude(email__iexact=member.email or "").delete()
    action = "person added" if new else "person changed"
    audit.record(action, by=by, about=[member], fields=sorted(changed))
    return member


@transaction.atomic
def save_tenure(*, tenure: Tenure, by: Member) -> Tenure:
    """Save a post that somebody holds: begun, ended, or with corrected dates."""
    action = "post changed" if tenure.pk else "post given"
    tenure.recorded_at = timezone.now()
    tenure.save()
    audit.record(
        action,
        by=by,
        about=[tenure.member],
        unit=tenure.unit,
        post=tenure.post_kind.name,
        started_on=tenure.started_on.isoformat(),
        ended_on=tenure.ended_on.isoformat() if tenure.ended_on else None,
    )
    return tenure


@transaction.atomic
def decline_mail(*, member: Member, kind: str) -> bool:
    """Switch one kind of optional mail off for this member; return whether it was on."""
    _, new = Declined.objects.get_or_create(member=member, kind=kind)
    if new:
        audit.record("mail.declined", by=member, kind=kind)
    return new


@transaction.atomic
def accept_mail(*, member: Member, kind: str) -> bool:
    """Switch it on again; return whether it was off."""
    removed, _ = Declined.objects.filter(member=member, kind=kind).delete()
    if removed:
        audit.record("mail.accepted", by=member, kind=kind)
    return bool(removed)
