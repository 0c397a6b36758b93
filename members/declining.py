"""Switching optional mail off, from the mail itself: no sign-in, one press, and back again.

The address holds a signed name of the member and the kind of mail. It opens nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members import actions
from members.access import Rule, access
from members.models import Member

if TYPE_CHECKING:
    from django.http import HttpRequest

SALT = "members.declining"


def path_for(member: Member, kind: str) -> str:
    """Return the path where this member switches this kind of mail off and on."""
    return reverse("declined_mail", args=[signing.dumps([member.pk, kind], salt=SALT)])


def headers_for(member: Member, kind: str) -> dict[str, str]:
    """Return the headers by which a mail program offers to switch this kind off (RFC 8058)."""
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path_for(member, kind)
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@access(Rule.PUBLIC)
@csrf_exempt  # mail programs post here of themselves; the signed address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def declined_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show whether the mail is on, and switch it."""
    member, kind = _read(token)
    if request.method == "POST":
        if "again" in request.POST:
            actions.accept_mail(member=member, kind=kind)
        else:
            actions.decline_mail(member=member, kind=kind)
        return redirect(request.path)
    is_off = member.declined.filter(kind=kind).exists()
    return render(request, "members/declined_mail.html", {"is_off": is_off, "kind": kind})


def _read(token: str) -> tuple[Member, str]:
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    return get_object_or_404(Member, pk=pk, is_active=True), kind
