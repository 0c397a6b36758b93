"""Headers that keep personal pages out of shared caches and browser histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


# Wagtail's administration carries inline scripts and styles, and frames its previews. Only people
# with an editorial role open it; every other page keeps the strict policy.
ADMINISTRATION = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "frame-src": ["'self'"],
}


class PrivacyHeaders(MiddlewareMixin):
    """What a signed-in person saw is not stored, and no page may ask for the camera."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = ADMINISTRATION  # type: ignore[attr-defined]
        if hasattr(request, "user") and request.user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response
