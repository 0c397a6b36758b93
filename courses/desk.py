"""Training elsewhere in the administration: claims to decide, their files, training entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from courses.elsewhere import CannotCount, approve, enter, send_back
from courses.elsewhere_forms import ApprovalForm, EntryForm, SendBackForm
from courses.models import Completion, Evidence, ImportedRow
from courses.paper import kind_of
from members import audit
from members.access import Rule, access

if TYPE_CHECKING:
    from typing import Any

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from members.http import MemberRequest

PAGE_SIZE = 50
TITLE = "Training elsewhere"
# What somebody hands in is shown, never run: not even styles, and in a box of its own.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Desk(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What all pages of the desk share: who may, and where it stands."""

    request: MemberRequest
    permission_policy = ModelPermissionPolicy(Evidence)
    permission_required = "approve"
    page_title = TITLE
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        first = {"url": reverse("elsewhere_queue"), "label": TITLE}
        here = [{"url": "", "label": self.page_title}] if self.page_title != TITLE else []
        return [*self.breadcrumbs_items, first, *here]

    def again(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class Queue(Desk):
    """The claims that wait, the oldest first. Whoever reads it has looked at these people."""

    template_name = "courses/admin/elsewhere_queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Evidence.objects.waiting().select_related("member", "course")
        page = Paginator(waiting, PAGE_SIZE).get_page(self.request.GET.get("p"))
        if page.object_list:
            people = [claim.member_id for claim in page]
            audit.record("evidence.listed", by=self.request.user, about=people)
        unmatched = ImportedRow.objects.unmatched().count()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"page": page, "unmatched": unmatched}


class Claim(Desk):
    """One claim: its facts, its file, and the two ways to decide."""

    template_name = "courses/admin/elsewhere_claim.html"
    page_title = "A claim"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.claim = _claim(self.request, kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        claim = self.claim
        audit.record(
            "evidence.viewed",
            by=self.request.user,
            about=[claim.member_id],
            course=claim.course.title,
        )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.claim
        days = {"completed_on": claim.completed_on, "expires_on": claim.expires_on}
        context: dict[str, Any] = {
            "claim": claim,
            "approval": ApprovalForm(initial=days),
            "sending_back": SendBackForm(),
            "is_own": claim.member_id == self.request.user.pk,
            "on_record": Completion.objects.filter(member=claim.member_id, course=claim.course_id),
            "before": claim.replaces,
        }
        context |= super().get_context_data(**kwargs)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        approves = "approve" in request.POST
        form = ApprovalForm(request.POST) if approves else SendBackForm(request.POST)
        if not form.is_valid():
            return self.again(**{"approval" if approves else "sending_back": form})
        try:
            self._decide(form, approves=approves)
        except CannotCount as reason:
            messages.error(request, str(reason))
            return redirect("elsewhere_claim", self.claim.pk)
        return redirect("elsewhere_queue")

    def _decide(self, form: forms.Form, *, approves: bool) -> None:
        deed, done = (approve, "approved") if approves else (send_back, "sent back")
        deed(evidence=self.claim, by=self.request.user, **form.cleaned_data)
        name = self.claim.member.name_for_others
        messages.success(self.request, f"The claim of {name} is {done}.")


class Enter(Desk):
    """Training entered for a person who showed the proof."""

    template_name = "courses/admin/elsewhere_enter.html"
    page_title = "Enter training for a person"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or EntryForm()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": form, "media": form.media}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = EntryForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        member, course = form.cleaned_data["member"], form.cleaned_data["course"]
        try:
            enter(member=member, course=course, paper=form.paper(), by=self.request.user)
        except CannotCount as reason:
            form.add_error(None, str(reason))
            return self.again(form=form)
        messages.success(request, f"{course.title} counts for {member.name_for_others}.")
        return redirect("elsewhere_queue")


@access(Rule.EDITORIAL)
@require_safe
def claim_file(request: MemberRequest, pk: int) -> FileResponse:
    """Hand out the file of a claim to who decides about it. Each look is written down first."""
    claim = _claim(request, pk)
    if not claim.has_file or not claim.file.storage.exists(claim.file.name or ""):
        raise Http404
    audit.record("evidence.file-viewed", by=request.user, about=[claim.member_id], claim=claim.pk)
    kind = kind_of(claim.file)
    if kind is None:  # what lies there is not what was taken
        raise Http404
    response = FileResponse(
        claim.file,
        as_attachment=not kind.is_image,
        filename=f"proof-{claim.pk}.{kind.ending}",
        content_type=kind.content_type,
    )
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _claim(request: MemberRequest, pk: int) -> Evidence:
    """Return the claim for who decides; nobody else learns that it exists."""
    if not request.user.has_perm("courses.approve_evidence"):
        raise Http404
    claims = Evidence.objects.visible_to(request.user).with_outcome()
    found: Evidence = get_object_or_404(
        claims.select_related("member", "submitted_by", "replaces__decision"), pk=pk
    )
    return found
