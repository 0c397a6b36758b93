"""What the sign-in page is put together from: two forms and, in a demonstration, its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from members import demo
from members.forms import PasswordSignIn, RequestCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.template.context import Context

    from members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def code_form(context: Context) -> forms.Form:
    """Return the form that asks for a code: the one just sent, with its errors, or a fresh one."""
    sent = context.get("form")
    return sent if isinstance(sent, RequestCode) else RequestCode(auto_id="id_code_%s")


@register.simple_tag(takes_context=True)
def password_form(context: Context) -> forms.Form:
    """Return the form for a password: the one just sent, with its errors, or a fresh one."""
    sent = context.get("form")
    if isinstance(sent, PasswordSignIn) and sent.is_bound:
        return sent
    return PasswordSignIn(auto_id="id_password_%s")


@register.simple_tag
def demo_cast() -> Sequence[tuple[demo.Part, Member]]:
    """Return the people of the demonstration; nobody when it is the real thing."""
    return demo.cast()
