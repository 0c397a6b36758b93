"""How sign-in behaves here: members come from the roster, nobody signs up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class RosterAdapter(DefaultAccountAdapter):
    """Sign-in for people the roster knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
