"""A person's training in the administration: look, decide, correct, withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from compliance.admin_pages import attempt, deciding, frame
from compliance.decisions import forms, refusals
from compliance.decisions import verbs as decisions
from compliance.decisions.dossier import dossier_of
from compliance.models import Decision, Requirement
from members import audit
from members.dates import today
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.http import HttpResponse

    from members.http import MemberRequest

MOST_FOUND = 20
PAGE_SIZE = 50
SOON = timedelta(days=30)
Kind = Decision.Kind


class Deed(NamedTuple):
    """One thing to decide: its title, its form, its verb, and what is said when it is done."""

    title: str
    form: type[forms.DecisionForm]
    verb: Callable[..., Decision]
    done: str


DEEDS = {
    Kind.ASSIGNMENT: Deed("Assign", forms.AssignForm, decisions.assign, "It is asked of {}."),
    Kind.EXEMPTION: Deed("Exempt", forms.ExemptForm, decisions.exempt, "{} is exempt."),
    Kind.EXTENSION: Deed("Give more time", forms.ExtendForm, decisions.extend, "{} has more time."),
    Kind.LEAVE: Deed(
        "Record leave", forms.LeaveForm, decisions.record_leave, "The leave of {} is recorded."
    ),
}


@deciding
@require_safe
def find(request: MemberRequest) -> HttpResponse:
    """Find a person by name."""
    words = request.GET.get("q", "").strip()
    found = Member.objects.visible_to(request.user).named(words).select_related("home_unit")
    people = list(found[: MOST_FOUND + 1]) if words else []
    context = {"q": words, "people": people[:MOST_FOUND], "more": len(people) > MOST_FOUND}
    return render(request, "compliance/admin/find.html", frame("A person's training") | context)


@deciding
@require_safe
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """Show everything about one person's training. That somebody looked is written first."""
    member = _person(request, pk)
    audit.record("compliance.viewed", by=request.user, about=[member])
    context = {
        "dossier": dossier_of(member),
        "is_own": member.pk == request.user.pk,
        "deeds": DEEDS,
    }
    return render(request, "compliance/admin/person.html", frame(str(member), _people()) | context)


@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for the facts of a decision about this person, and make it."""
    member, deed = _person(request, pk), _deed(kind)
    asked = _requirement(request) if kind == Kind.EXTENSION else None
    try:
        last = refusals.last_day(member, asked) if kind == Kind.EXTENSION else None
    except refusals.CannotDecide as reason:
        messages.error(request, str(reason))
        return redirect("training_of:person", pk)
    first = {"requirement": request.GET.get("requirement"), "from_on": today()}
    form = deed.form(request.POST or None, member=member, last=last, initial=first)
    of = {"requirement": asked} if asked else {}
    if attempt(form, lambda said: deed.verb(member=member, by=request.user, **of, **said)):
        messages.success(request, deed.done.format(member))
        return redirect("training_of:person", pk)
    return _ask(request, deed.title, member, form, {"kind": kind, "last": last, "asked": asked})


@deciding
@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    """List the decisions that stand. Whoever reads it has looked at these people."""
    narrow = forms.DecisionFilter(request.GET)
    if not narrow.is_valid():
        raise Http404
    said = narrow.cleaned_data
    rows = Decision.objects.standing().select_related("member", "requirement", "recorded_by")
    if said["q"]:
        rows = rows.filter(member__in=Member.objects.visible_to(request.user).named(said["q"]))
    if said["kind"]:
        rows = rows.filter(kind=said["kind"])
    if said["ending"]:
        rows = rows.ending(first=today(), last=today() + SOON)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p"))
    if page.object_list:
        audit.record("decision.listed", by=request.user, about={row.member_id for row in page})
    context = frame("Decisions") | {"filter": narrow, "page": page}
    return render(request, "compliance/admin/decisions.html", context)


@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a decision: it then reads as it should have, from the first."""
    row = _row(request, pk)
    deed = _deed(row.kind)
    last = _last_without(row) if row.kind == Kind.EXTENSION else None
    form = deed.form(
        request.POST or None, member=row.member, last=last, fixed=True, initial=_reads(row)
    )
    if attempt(form, lambda said: decisions.correct(decision=row, by=request.user, **said)):
        messages.success(request, "Corrected. What it said before stays in the history.")
        return redirect("training_of:person", row.member_id)
    context = {"kind": row.kind, "last": last, "asked": row.requirement, "row": row}
    return _ask(request, "Correct", row.member, form, context)


@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw a decision, after asking."""
    row = _row(request, pk)
    if request.method == "POST":
        try:
            decisions.withdraw(decision=row, by=request.user)
            messages.success(request, "Withdrawn. It stays in the history.")
        except refusals.CannotDecide as reason:
            messages.error(request, str(reason))
        return redirect("training_of:person", row.member_id)
    context = frame("Withdraw", _people(), _theirs(row.member)) | {"row": row}
    return render(request, "compliance/admin/withdraw.html", context)


def _ask(
    request: MemberRequest,
    title: str,
    member: Member,
    form: forms.DecisionForm,
    context: Mapping[str, object],
) -> HttpResponse:
    page = frame(title, _people(), _theirs(member)) | {"form": form, "member": member}
    return render(request, "compliance/admin/decide.html", {**page, **context})


def _person(request: MemberRequest, pk: int) -> Member:
    people = Member.objects.visible_to(request.user).select_related("home_unit")
    found: Member = get_object_or_404(people, pk=pk)
    return found


def _row(request: MemberRequest, pk: int) -> Decision:
    rows = Decision.objects.standing().select_related("requirement", "unit", "member__home_unit")
    seen = Member.objects.visible_to(request.user)
    found: Decision = get_object_or_404(rows.filter(member__in=seen), pk=pk)
    return found


def _deed(kind: str) -> Deed:
    if kind not in DEEDS:
        raise Http404
    return DEEDS[Kind(kind)]


def _requirement(request: MemberRequest) -> Requirement:
    wanted = request.GET.get("requirement", "")
    pk = int(wanted) if wanted.isdecimal() else 0
    found: Requirement = get_object_or_404(Requirement.objects.kept(), pk=pk)
    return found


def _last_without(row: Decision) -> date | None:
    try:
        return refusals.last_day(row.member, row.requirement, without=row)
    except refusals.CannotDecide:
        return None  # said by the verb, if they go on


def _reads(row: Decision) -> dict[str, object]:
    names = ("from_on", "until_on", "due_on", "reason", "reference")
    reads = {name: getattr(row, name) for name in names}
    return reads | {"new_day": forms.ANOTHER_DAY, "officers": row.unit_id is not None}


def _people() -> tuple[str, str]:
    return "training_of:index", "A person's training"


def _theirs(member: Member) -> tuple[str, str, int]:
    return "training_of:person", str(member), member.pk
