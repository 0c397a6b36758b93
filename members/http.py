"""The request a view receives once the gate has let somebody in."""

from django.http import HttpRequest, QueryDict

from members.models import Member


class MemberRequest(HttpRequest):
    """A request by a signed-in member."""

    user: Member
    kept_post: QueryDict | None  # set for views that declare @keeps_post
