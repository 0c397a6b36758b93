"""What the frame of every page needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from members.models import Organisation

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation, if it is a demonstration, and whether the reader sees a unit."""
    user = getattr(request, "user", None)
    return {
        "organisation": Organisation.load(request_or_site=request),
        "demo": settings.DEMO_MODE,
        "oversees": bool(user and user.is_authenticated and user.sees_figures),
    }
