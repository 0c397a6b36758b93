"""How sign-in behaves here: members come from the roster, nobody signs up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class RosterAdapter(DefaultAccountAdapter):
    """Sign-in for people the roster knows."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "This address and password do not belong together. "
            "Check both, or let us send you a code."
        ),
        "incorrect_code": "This is not the code we sent. Check it, or ask for a new one.",
        "too_many_login_attempts": (
            "That was several tries in a short time. Wait five minutes, then ask for a new code."
        ),
        "enter_current_password": "This is not your password. Check it and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
