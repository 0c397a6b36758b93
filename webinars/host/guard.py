"""Only the sessions somebody may run exist on the desk: of all others it knows nothing, 404."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from members.access import Rule, access
from webinars.models import Session
from webinars.opening import hosts_sessions, may_open

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpResponse

    from members.http import MemberRequest

    OfSession = Callable[..., HttpResponse]


def of_hosted(view: OfSession) -> OfSession:
    """Hand the view the session, if its reader may run it today."""

    @access(Rule.SIGNED_IN)
    @wraps(view)
    def asked(request: MemberRequest, pk: int, **rest: Any) -> HttpResponse:
        hosted = Session.objects.hosted_by(request.user).select_related("webinar", "unit")
        return view(request, get_object_or_404(hosted, pk=pk), **rest)

    return asked


def for_hosts(view: OfSession) -> OfSession:
    """Let in who hosts a session or may open one."""
    return _asking(hosts_sessions, view)


def for_openers(view: OfSession) -> OfSession:
    """Let in who may open a session."""
    return _asking(may_open, view)


def _asking(may: Callable[[Any], bool], view: OfSession) -> OfSession:
    @access(Rule.SIGNED_IN)
    @wraps(view)
    def asked(request: MemberRequest, **rest: Any) -> HttpResponse:
        if not may(request.user):
            raise Http404
        return view(request, **rest)

    return asked
