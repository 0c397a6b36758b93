"""The roof's own pages: health, the brand's colour, law texts, and what a lapsed form says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache

from members.access import Rule, access
from members.models import Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest


@access(Rule.PUBLIC)
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@access(Rule.PUBLIC)
@cache_control(max_age=300, public=True)
def brand_css(request: HttpRequest) -> HttpResponse:
    """Serve the organisation's colour as a stylesheet: a strict CSP allows no inline style."""
    colour = Organisation.load(request_or_site=request).brand_colour
    return HttpResponse(f":root{{--brand:{colour}}}\n", content_type="text/css")


@access(Rule.PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is and whom to tell when it is not."""
    return render(request, "training/accessibility.html")


@access(Rule.PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the site keeps about people and who sees it."""
    return render(request, "training/privacy.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain, without blame, that the page was open too long or cookies are off."""
    return render(request, "csrf_failure.html", status=403)
