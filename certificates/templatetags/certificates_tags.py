"""What pages of other floors show of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from certificates.models import Certificate

if TYPE_CHECKING:
    from courses.models import Completion
    from members.models import Member

register = template.Library()


@register.simple_tag
def certificate_for(completion: Completion | None) -> Certificate | None:
    """Return the certificate of a completion; None when there is none.

    Reads `completion.certificate`, so a list that prefetched it costs no further query.
    """
    return getattr(completion, "certificate", None)


@register.simple_tag
def certificates_of(member: Member) -> list[Certificate]:
    """Return a member's certificates, the newest first, in one query."""
    return list(Certificate.objects.filter(completion__member=member).with_newer())
