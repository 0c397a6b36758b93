"""What other pages ask about the host's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from webinars.opening import hosts_sessions as may_host

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def hosts_sessions(context: Context) -> bool:
    """Whether the reader hosts a session, or may open one: then a page leads to the desk.

    `{% hosts_sessions as hosts %}{% if hosts %}<a href="{% url 'webinars:desk' %}">...`
    """
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return False
    return may_host(request.user)
