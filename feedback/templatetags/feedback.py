"""The link to a short form, where there is something to say and it was not said yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from feedback.subjects import subject_of

if TYPE_CHECKING:
    from typing import Any

    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("feedback/link.html", takes_context=True)
def feedback_link(context: Context, prefix: str, number: int) -> dict[str, Any]:
    """Draw the link if the reader may answer now and has not: two queries at most."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {"subject": None}
    subject = subject_of(f"{prefix}:{number}", request.user)
    if subject is None or not subject.moment or subject.was_given(request.user):
        return {"subject": None}
    return {"subject": subject}


@register.simple_tag
def feedback_totals(prefix: str, number: int) -> str:
    """Return the address of the totals. Who may not see them meets no page there."""
    return reverse("feedback:totals", args=[f"{prefix}:{number}"])
