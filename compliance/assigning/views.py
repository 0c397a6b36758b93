"""Assigning training in the administration, step by step. A draft is its owner's alone: 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.admin_pages import deciding, frame
from compliance.assigning import forms
from compliance.assigning import steps as assigning
from compliance.assigning import time_forms as later
from compliance.assigning.assignment import STEPS, Assignment
from compliance.decisions.refusals import CannotDecide
from compliance.models import AssignmentDraft
from compliance.reminders.plan import PLAN

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from members.http import MemberRequest

TITLE = "Assign training"
TITLES = {
    "what": "What to assign",
    "who": "Who must do it",
    "when": "By when",
    "messages": "Which mails are sent",
    "check": "Check your answers",
}
FORMS: dict[str, type[forms.StepForm]] = {
    "what": forms.WhatForm,
    "who": forms.WhoForm,
    "when": later.WhenForm,
    "messages": later.MessagesForm,
    "check": later.CheckForm,
}
COUNT = "count"
MOST_DONE = 20


@deciding
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """Show one's own drafts and what was assigned lately."""
    done = AssignmentDraft.objects.done().select_related("requirement", "owner")
    context = {
        "drafts": AssignmentDraft.objects.open_to(request.user),
        "done": done.order_by("-done_at")[:MOST_DONE],
        "now": timezone.now(),
    }
    return render(request, "compliance/admin/assign.html", frame(TITLE) | context)


@deciding
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a draft."""
    draft = assigning.begin_draft(by=request.user)
    return redirect("assign:step", draft.pk, "what")


@deciding
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    draft = own_draft(request, pk)
    try:
        assigning.discard_draft(draft=draft, by=request.user)
        messages.success(request, "The draft is deleted. Nothing was assigned.")
    except CannotDecide as reason:
        messages.error(request, str(reason))
    return redirect("assign:index")


@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Show one step; keep what is filled in and go on to the next."""
    draft = own_draft(request, pk)
    if name not in FORMS:
        raise Http404
    plan = Assignment(draft)
    if too_early(plan, name):
        return redirect(*place(plan))
    given = request.GET if COUNT in request.GET else request.POST or None
    form = FORMS[name](given if given is not None or request.method != "POST" else {}, plan=plan)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, draft, name, form)
    return _show(request, draft, name, form)


@deciding
@require_safe
def done(request: MemberRequest, batch: UUID) -> HttpResponse:
    """Show what was assigned, and until when it can be undone."""
    found = get_object_or_404(
        AssignmentDraft.objects.done().select_related("requirement", "owner"), batch=batch
    )
    context = {"draft": found, "now": timezone.now()}
    page = frame("Assigned", ("assign:index", TITLE)) | context
    return render(request, "compliance/admin/assign_done.html", page)


@deciding
@require_POST
def undo(request: MemberRequest, batch: UUID) -> HttpResponse:
    """Take it back as a whole."""
    get_object_or_404(AssignmentDraft.objects.done(), batch=batch)
    try:
        assigning.undo(batch=batch, by=request.user)
        messages.success(request, "Undone. It is as if it had not been assigned.")
    except CannotDecide as reason:
        messages.error(request, str(reason))
    return redirect("assign:done", batch)


def own_draft(request: MemberRequest, pk: int) -> AssignmentDraft:
    found: AssignmentDraft = get_object_or_404(AssignmentDraft.objects.open_to(request.user), pk=pk)
    return found


def too_early(plan: Assignment, name: str) -> bool:
    """Whether a step before this one is not filled in yet."""
    return plan.missing is not None and STEPS.index(plan.missing) < STEPS.index(name)


def place(plan: Assignment) -> tuple[Any, ...]:
    """Return where the first step is that is not filled in."""
    if plan.missing == "people":
        return "assign:people", plan.draft.pk
    return "assign:step", plan.draft.pk, plan.missing


def _go_on(
    request: MemberRequest, draft: AssignmentDraft, name: str, form: forms.StepForm
) -> HttpResponse:
    try:
        if name == "check":
            carried = assigning.carry_out(draft=draft, typed=form.said(), by=request.user)
            return redirect("assign:done", carried.batch)
        assigning.keep_step(draft=draft, step=name, said=form.said(), by=request.user)
    except CannotDecide as reason:
        form.add_error(None, str(reason))
        return _show(request, draft, name, form)
    if name == "who" and form.cleaned_data["audience"] == "named":
        return redirect("assign:people", draft.pk)
    order = list(FORMS)
    return redirect("assign:step", draft.pk, order[order.index(name) + 1])


def _show(
    request: MemberRequest, draft: AssignmentDraft, name: str, form: forms.StepForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "plan": form.plan,
        "step": name,
        "number": list(FORMS).index(name) + 1,
        "back": _before(form.plan, name),
    }
    if name == "who" and COUNT in request.GET and form.is_valid():
        context["counts"] = _tried(draft, form).counts
    if name == "check":
        context |= {"wrong": assigning.what_is_wrong(form.plan), "mails": _mails(form.plan)}
    page = frame(TITLES[name], ("assign:index", TITLE)) | context
    return render(request, f"compliance/admin/assign_{name}.html", page)


def _before(plan: Assignment, name: str) -> str:
    """Return the step that Back leads to; empty on the first."""
    order = list(FORMS)
    if name == "when" and plan.is_named:
        return "people"
    return order[order.index(name) - 1] if name != order[0] else ""


def _tried(draft: AssignmentDraft, form: forms.StepForm) -> Assignment:
    """Return the assignment as it would be with this form, which is not kept."""
    return Assignment(AssignmentDraft(owner=draft.owner, data=draft.data | {"who": form.said()}))


def _mails(plan: Assignment) -> list[str]:
    latest = plan.requirement.latest if plan.requirement else None
    codes = plan.messages or [] if plan.is_new else latest.reminders if latest else []
    return [PLAN[code].label for code in codes if code in PLAN]
