"""Signing in to the demonstration as one of its invented people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from members import demo
from members.access import Rule, access

if TYPE_CHECKING:
    from django.http import HttpRequest


@access(Rule.PUBLIC)
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as one of the accounts of the demonstration, and as nobody else."""
    wanted = request.POST.get("email")
    for part, member in demo.cast():
        if part.email == wanted:
            login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
    raise Http404
