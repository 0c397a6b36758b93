"""Headers that keep personal pages out of shared caches and browser histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.constants import SELF, UNSAFE_INLINE
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

# Wagtail's editors style what they draw, preview images from memory and frame the previews of
# pages. Scripts stay as strict as elsewhere: the few that Wagtail writes into its pages are read,
# not run, by static/cms.js.
ADMINISTRATION = {
    "style-src": [UNSAFE_INLINE],
    "img-src": ["blob:"],
    "frame-src": [SELF],
}
PREVIEW = {"frame-ancestors": [SELF]}


class PrivacyHeaders(MiddlewareMixin):
    """What a signed-in person saw is not stored, and no page may ask for the camera."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = ADMINISTRATION  # type: ignore[attr-defined]
        if is_preview(request):
            response._csp_replace = PREVIEW  # type: ignore[attr-defined]
            response["X-Frame-Options"] = "SAMEORIGIN"
        if hasattr(request, "user") and request.user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


def is_preview(request: HttpRequest) -> bool:
    """Whether an editor frames this page; Wagtail asks for it by a request of its own."""
    within = request.path.startswith(reverse("wagtailadmin_home"))
    return getattr(request, "is_preview", False) or (within and "/preview/" in request.path)
