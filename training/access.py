"""The rules of views that are not ours: Wagtail's and allauth's. Ours declare their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.access import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest

# By the beginning of the route. The first that fits counts.
BY_ROUTE = (
    ("cms/", Rule.EDITORIAL),
    ("documents/", Rule.PUBLIC),  # course media only; nothing personal is ever a document
    ("^media/", Rule.PUBLIC),  # the same, served by Django in development
)
# By URL name. Pages declare their own rule on the page class: see courses.wagtail_hooks.
BY_NAME = {
    "wagtail_serve": Rule.PUBLIC,
    "wagtail_serve_reverse": Rule.PUBLIC,
    "wagtailcore_authenticate_with_password": None,
    "wagtailcore_login": None,
    "account_login": Rule.PUBLIC,
    "account_logout": Rule.PUBLIC,
    "account_inactive": Rule.PUBLIC,
    "account_request_login_code": Rule.PUBLIC,
    "account_confirm_login_code": Rule.PUBLIC,
    "account_reset_password": Rule.PUBLIC,
    "account_reset_password_done": Rule.PUBLIC,
    "account_reset_password_from_key": Rule.PUBLIC,
    "account_reset_password_from_key_done": Rule.PUBLIC,
    "account_change_password": Rule.SIGNED_IN,
    "account_set_password": Rule.SIGNED_IN,
    "account_reauthenticate": Rule.SIGNED_IN,
}


def rule_of(view: Callable[..., Any], request: HttpRequest) -> Rule | None:
    """Return the rule declared for this view at this URL; None when there is none."""
    declared: Rule | None = getattr(view, "access_rule", None)
    if declared:
        return declared
    match = request.resolver_match
    for prefix, rule in BY_ROUTE:
        if match and match.route.startswith(prefix):
            return rule
    return BY_NAME.get(match.url_name or "") if match else None
