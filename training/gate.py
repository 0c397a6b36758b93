"""The access gate: a URL without a declared rule is refused, whoever asks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils.deprecation import MiddlewareMixin

from members import kept
from training.access import rule_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponseBase

    from members.access import Rule

logger = logging.getLogger(__name__)


class AccessGate(MiddlewareMixin):
    """Ask the view's rule before the view runs.

    Somebody who is not signed in is sent to sign in and comes back; somebody who may not is told
    that there is no such page, which is also what a page that does not exist says.
    """

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        rule = rule_of(view, request)
        if rule is None:
            logger.error("No access rule for %s", request.resolver_match)
            raise Http404
        refused = refuse(request, rule)
        if getattr(view, "keeps_post", False):
            (kept.keep if refused else kept.hand_over)(request)
        return refused


def refuse(request: HttpRequest, rule: Rule) -> HttpResponseBase | None:
    """Return the answer for somebody whom `rule` keeps out; None lets them in."""
    if rule.allows(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
