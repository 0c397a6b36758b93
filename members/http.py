"""The request a view receives once the gate has let somebody in."""

from django.http import HttpRequest

from members.models import Member


class MemberRequest(HttpRequest):
    """A request by a signed-in member."""

    user: Member
