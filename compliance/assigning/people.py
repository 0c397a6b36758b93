"""Naming the people of an assignment: found by name, pasted, or in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from compliance.admin_pages import deciding, frame
from compliance.assigning import steps as assigning
from compliance.assigning.assignment import Assignment
from compliance.assigning.views import TITLE, own_draft, place, too_early
from compliance.decisions.naming import Found, find_people, words_in_file, words_of
from compliance.decisions.refusals import CannotDecide
from courses.import_files import BadFileError
from members.models import Member

if TYPE_CHECKING:
    from django.http import HttpResponse

    from compliance.models import AssignmentDraft
    from members.http import MemberRequest

MOST_SHOWN = 100
MOST_FOUND = 20
MOST_UNKNOWN = 200
NOBODY = "Name at least one person first."
NOTHING_GIVEN = "Paste addresses or numbers, or choose a file."
NONE_IN_FILE = "There is no e-mail address or membership number in this file."


class ListForm(forms.Form):
    """A list of people from somewhere else."""

    text = forms.CharField(
        label="Paste e-mail addresses or membership numbers",
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line, or with commas between them.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        help_text="CSV or Excel (XLSX), with one column of them.",
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not (cleaned.get("text") or cleaned.get("file") or self.errors):
            raise forms.ValidationError(NOTHING_GIVEN)
        return cleaned

    def words(self) -> list[str]:
        """Return what was pasted and what the file holds."""
        file = self.cleaned_data.get("file")
        listed = words_in_file(file.read()) if file else []
        if file and not listed:
            raise BadFileError(NONE_IN_FILE)
        return words_of(self.cleaned_data.get("text", "")) + listed


@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: MemberRequest, pk: int) -> HttpResponse:
    """Show whom the draft names; add, leave out, go on."""
    draft = own_draft(request, pk)
    plan = Assignment(draft)
    if too_early(plan, "people"):
        return redirect(*place(plan))
    form = ListForm()
    if "list" in request.POST:
        form = ListForm(request.POST, request.FILES)
        if _add_list(request, draft, form):
            return redirect("assign:people", pk)
    elif request.method == "POST":
        return _change(request, draft, plan)
    return _show(request, draft, plan, form)


def _add_list(request: MemberRequest, draft: AssignmentDraft, form: ListForm) -> bool:
    if not form.is_valid():
        return False
    try:
        found = find_people(form.words(), by=request.user)
    except BadFileError as reason:
        form.add_error("file", str(reason))
        return False
    _keep(request, draft, found)
    return True


def _change(request: MemberRequest, draft: AssignmentDraft, plan: Assignment) -> HttpResponse:
    """Add or leave out who is ticked, or go on."""
    ticked = {int(pk) for pk in request.POST.getlist("person") if pk.isdecimal()}
    if "add" in request.POST:
        seen = Member.objects.visible_to(request.user).filter(is_active=True, pk__in=ticked)
        _keep(request, draft, Found(list(seen.values_list("pk", flat=True)), []))
    elif "remove" in request.POST:
        left = [pk for pk in plan.member_ids if pk not in ticked]
        _say(request, draft, plan.who | {"people": left})
    elif plan.member_ids:
        return redirect("assign:step", draft.pk, "when")
    else:
        messages.error(request, NOBODY)
    return redirect("assign:people", draft.pk)


def _keep(request: MemberRequest, draft: AssignmentDraft, found: Found) -> None:
    """Add the people found; what was not found replaces what was not found before."""
    who = draft.data["who"]
    before = set(who.get("people", []))
    together = sorted({*before, *found.ids})
    unknown = found.unknown[:MOST_UNKNOWN]
    _say(request, draft, who | {"people": together, "unknown": unknown})
    added = len(together) - len(before)
    messages.success(request, f"{added} {'person' if added == 1 else 'people'} added.")


def _say(request: MemberRequest, draft: AssignmentDraft, who: dict[str, object]) -> None:
    try:
        assigning.keep_step(draft=draft, step="who", said=who, by=request.user)
    except CannotDecide as reason:
        messages.error(request, str(reason))


def _show(
    request: MemberRequest, draft: AssignmentDraft, plan: Assignment, form: ListForm
) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    others = Member.objects.visible_to(request.user).filter(is_active=True)
    others = others.exclude(pk__in=[*plan.member_ids, request.user.pk]).select_related("home_unit")
    named = Member.objects.filter(pk__in=plan.member_ids).select_related("home_unit")
    context = {
        "draft": draft,
        "form": form,
        "q": words,
        "found": others.named(words)[:MOST_FOUND] if words else [],
        "named": named[:MOST_SHOWN],
        "total": len(plan.member_ids),
        "more": max(len(plan.member_ids) - MOST_SHOWN, 0),
        "unknown": plan.who.get("unknown", []),
    }
    page = frame("Which people", ("assign:index", TITLE)) | context
    return render(request, "compliance/admin/assign_people.html", page)
