"""Pages of courses that are not pages of the editor: the whole course on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.models import CoursePage, ModulePage
from members.access import Rule, access

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.http import MemberRequest


@access(Rule.SIGNED_IN)
@require_safe
def whole_course(request: MemberRequest, slug: str) -> HttpResponse:
    """Show everything there is to read in a course on one page, for paper and for readers."""
    course = get_object_or_404(CoursePage.objects.live(), slug=slug)
    if course.is_closed_to(request.user):
        raise Http404
    modules = ModulePage.objects.child_of(course).live()
    webinars = course.steps().exclude(webinarsteppage=None)
    context = {"course": course, "modules": modules, "webinars": webinars}
    context["sensitive"] = course.is_sensitive
    return render(request, "courses/print.html", context)
