"""Who may open a URL. Every view declares one rule; a view without a rule is refused.

The gate that enforces this is `training.gate.AccessGate`; the table for views that are not ours
(Wagtail's, allauth's) is `training.access`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.contrib.auth.models import AnonymousUser

    from members.models import Member

View = TypeVar("View", bound="Callable[..., Any]")


class Rule(Enum):
    """A declared rule of access, weakest first."""

    PUBLIC = "anybody, signed in or not"
    SIGNED_IN = "anybody who is signed in"
    FIGURES = "who holds, today, a post that shows a unit's figures, with names or without"
    OVERSEER = "who holds, today, a post that oversees a unit"
    EDITORIAL = "who may enter the administration"

    def allows(self, user: Member | AnonymousUser) -> bool:
        """Return whether `user` may open what this rule guards, today."""
        if self is Rule.PUBLIC:
            return True
        if not user.is_authenticated:
            return False
        if self is Rule.EDITORIAL:
            return user.has_perm("wagtailadmin.access_admin")
        if self is Rule.FIGURES:
            return user.sees_figures
        if self is Rule.OVERSEER:
            return user.oversees
        return True


def access(rule: Rule) -> Callable[[View], View]:
    """Declare the rule of a view: `@access(Rule.SIGNED_IN)`."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declare
