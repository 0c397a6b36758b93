"""Leaving this site quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_safe

from members.access import Rule, access

if TYPE_CHECKING:
    from django.http import HttpRequest


@access(Rule.PUBLIC)
@require_safe
def leave(request: HttpRequest) -> HttpResponseRedirect:
    """End the session and lead to the neutral site.

    A plain link must be enough, so this is a GET. Somebody who tricks a person into opening it
    signs them out, no more. Progress was saved before, so leaving loses nothing.
    """
    request.session.flush()
    response = HttpResponseRedirect(settings.EXIT_URL)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store, private"
    return response
