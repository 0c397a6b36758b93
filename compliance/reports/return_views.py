"""The quarterly returns of a constituency party: signed by its chair or secretary, kept for good.

They hold no names. Officers above see them and sign none.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from compliance.duty.people import AsAt
from compliance.models import SignedReturn
from compliance.reports import posts
from compliance.reports.figures import Figures, figures_of
from compliance.reports.forms import ReturnsFilter, SignForm
from compliance.reports.quarters import Quarter
from compliance.reports.returns import (
    FiguresMovedError,
    SignedMeanwhileError,
    difference,
    is_as_signed,
    seen,
    sign_return,
    statement_of,
)
from compliance.reports.showing import WITH_PARTS, frame, of_unit
from compliance.reports.wording import beside, sentence
from members.access import Rule, access
from members.dates import today
from members.models import Unit

if TYPE_CHECKING:
    from typing import Any

    from members.http import MemberRequest

PAGE_SIZE = 50


@access(Rule.OVERSEER)
@of_unit
def returns(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """List a constituency party's returns; above it, who has signed and who has not."""
    context = frame(request, here, as_at)
    if here.kind in WITH_PARTS:
        return render(request, "compliance/returns_below.html", context | _below(request, here))
    signed = list(SignedReturn.objects.of(_party(here)))
    last = Quarter.last_over()
    context |= {
        "returns": signed,
        "last": last,
        "running": Quarter.of(today()),
        "is_signed": any(one.period == last for one in signed),
        "leads": posts.leads(request.user, here),
    }
    return render(request, "compliance/returns.html", context)


@access(Rule.OVERSEER)
@of_unit
def quarter_page(request: MemberRequest, here: Unit, as_at: AsAt, quarter: str) -> HttpResponse:
    """Show the figures at a quarter's end, or today's while it runs; take the signature."""
    asked = _asked(quarter)
    _party(here)
    leads = posts.leads(request.user, here)
    may_sign = bool(leads) and asked.can_be_signed
    signing = request.method == "POST"
    form = SignForm(request.POST if signing and may_sign else None)
    moved = False
    if form.is_valid():
        try:
            made = sign_return(unit=here, quarter=asked, what=form.what, by=request.user)
            return redirect("compliance:return", here.code, asked.code, made.number)
        except SignedMeanwhileError:
            return redirect("compliance:returns", here.code)
        except FiguresMovedError:
            moved = True
    figures = Figures(figures_of(here, AsAt(min(asked.last, today()))))
    context = frame(request, here, as_at) | figures_context(here, figures)
    context |= {"quarter": asked, "may_sign": may_sign, "leads": leads, "moved": moved}
    context |= {"statement": statement_of(here), "seen": seen(here, asked, figures), "form": form}
    refused = HTTPStatus.FORBIDDEN if signing and not may_sign else HTTPStatus.OK
    return render(request, "compliance/quarter.html", context, status=refused)


@access(Rule.OVERSEER)
@of_unit
def signed_return(
    request: MemberRequest, here: Unit, as_at: AsAt, quarter: str, number: int
) -> HttpResponse:
    """Show a return as it was signed and, if asked, whether it still says that."""
    found = return_of(here, quarter, number)
    context = frame(request, here, as_at) | return_context(here, found)
    context |= {
        "differs": difference(found),
        "checked": "check" in request.GET,
        "is_as_signed": "check" in request.GET and is_as_signed(found),
        "may_correct": found.period.can_be_signed and posts.leads(request.user, here),
    }
    return render(request, "compliance/return.html", context)


def return_of(here: Unit, code: str, number: int) -> SignedReturn:
    """Return the one that an address names, of the unit it names."""
    returns = SignedReturn.objects.of(_party(here))
    found: SignedReturn = get_object_or_404(returns, quarter=_asked(code).first, number=number)
    return found


def return_context(here: Unit, found: SignedReturn) -> dict[str, Any]:
    """Return what a page or a paper says about a return."""
    return {"return": found} | figures_context(here, Figures(found.figures))


def figures_context(here: Unit, figures: Figures) -> dict[str, Any]:
    tally = figures.tally
    return {
        "figures": figures,
        "sentence": sentence(here.name, tally),
        "beside": beside(tally),
    }


def _party(here: Unit) -> Unit:
    if here.kind != Unit.Kind.CLP:
        raise Http404
    return here


def _asked(code: str) -> Quarter:
    found = Quarter.named(code)
    if found is None:
        raise Http404
    return found


def _below(request: MemberRequest, here: Unit) -> dict[str, Any]:
    """Return who below has signed, in two queries."""
    narrow = ReturnsFilter(request.GET)
    if not narrow.is_valid():
        raise Http404
    latest = SignedReturn.objects.latest_of(narrow.quarter.first)
    signed = {
        one.unit_id: one
        for one in latest.filter(unit__path__startswith=here.path).select_related("signed_by")
    }
    clps = Unit.objects.filter(kind=Unit.Kind.CLP, path__startswith=here.path).order_by("name")
    rows = [(clp, signed.get(clp.pk)) for clp in clps]
    chosen = [row for row in rows if not (narrow.only_missing and row[1])]
    return {
        "filter": narrow,
        "quarter": narrow.quarter,
        "signed": len(signed),
        "clps": len(rows),
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page")),
    }
