"""What pages of other floors show of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from certificates.models import Certificate
    from courses.models import Completion

register = template.Library()


@register.simple_tag
def certificate_for(completion: Completion | None) -> Certificate | None:
    """Return the certificate of a completion; None when there is none.

    Reads `completion.certificate`, so a list that prefetched it costs no further query.
    """
    return getattr(completion, "certificate", None)
