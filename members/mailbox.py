"""The demonstration's mailbox: a visitor has no mail server, and sees here what would arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from members.access import Rule, access
from members.models import Mail

if TYPE_CHECKING:
    from members.http import MemberRequest
    from members.models import Member
    from members.models.mail import MailQuerySet

SHOWN = 100


@access(Rule.SIGNED_IN)
def mailbox(request: MemberRequest) -> HttpResponse:
    """List the last mails the site has posted."""
    mails = _shown_to(request.user).select_related("member")[:SHOWN]
    return render(request, "members/mailbox.html", {"mails": mails, "most": SHOWN})


@access(Rule.SIGNED_IN)
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what one mail says."""
    mail = get_object_or_404(_shown_to(request.user).select_related("member"), pk=pk)
    return render(request, "members/letter.html", {"mail": mail})


def _shown_to(viewer: Member) -> MailQuerySet:
    """Return the invented people's mail: one's own, for who administers people all of it."""
    if not settings.DEMO_MODE:
        raise Http404
    everybodys = viewer.has_perm("members.view_member")
    return Mail.objects.all() if everybodys else Mail.objects.visible_to(viewer)
