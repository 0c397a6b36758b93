"""The pages of places side by side, and a unit's figures without names.

Who may see figures only has the same pages with no person on them: see `suppression`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from compliance.duty import tallies, terms
from compliance.duty.duties import for_member
from compliance.reports.quality import lacks_of_people, lacks_of_places, quality_of
from compliance.reports.region import lines, months, shown_here
from compliance.reports.region_files import TYPES, Table, hand_out_table
from compliance.reports.region_forms import PartsFilter
from compliance.reports.showing import (
    WITH_PARTS,
    frame,
    listed,
    may_name,
    of_figured_unit,
    record_view,
)
from compliance.reports.wording import beside, sentence, sentence_of_figures
from members.access import Rule, access
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.duty.people import AsAt
    from compliance.duty.terms import Terms
    from compliance.reports.quality import Quality
    from compliance.reports.region import Line
    from members.http import MemberRequest

PAGE_SIZE = 50
LINES = 60
FOLDED = 20  # more drawn places than that are folded away
BELOW = {Unit.Kind.PARTY: Unit.Kind.REGION, Unit.Kind.REGION: Unit.Kind.CLP}
SIDE_BY_SIDE = {
    Unit.Kind.PARTY: "Nations and regions side by side",
    Unit.Kind.REGION: "Constituency parties side by side",
}


def page_of_parts(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """Show a region's or the party's places; by name, the people with a post in itself."""
    asked = terms.in_force(on=as_at.on, known_on=as_at.known_on)
    context = frame(request, here, as_at) | _table(request, here, as_at, asked)
    context |= _people(request, here, as_at, asked) if context["named"] else {}
    context |= _figures(here, as_at, asked, named=context["named"])
    context["own"] = for_member(request.user, asked=asked) if as_at.is_today else []
    return render(request, "compliance/parts.html", context)


def page_of_figures(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """Show a constituency party's figures to somebody who may not see names."""
    asked = terms.in_force(on=as_at.on, known_on=as_at.known_on)
    context = frame(request, here, as_at) | _figures(here, as_at, asked, named=False)
    return render(request, "compliance/counts.html", context)


@access(Rule.FIGURES)
@of_figured_unit
def table_file(request: MemberRequest, here: Unit, as_at: AsAt, kind: str) -> HttpResponse:
    """Hand over the table as the page shows it."""
    if here.kind not in WITH_PARTS or kind not in TYPES:
        raise Http404
    asked = terms.in_force(on=as_at.on, known_on=as_at.known_on)
    asked_for = _table(request, here, as_at, asked)
    about = asked_for["filter"].requirement_title
    table = Table(here, as_at, asked_for["chosen"], about)
    file = hand_out_table(table, kind=kind, by=request.user)
    response = HttpResponse(file.content(kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file.name(kind)}"'
    return response


def _table(
    request: MemberRequest, here: Unit, as_at: AsAt, asked: Sequence[Terms]
) -> dict[str, Any]:
    """Return the places as they were asked for."""
    named = may_name(request, here)
    narrow = PartsFilter(request.GET, asked, named=named, is_today=as_at.is_today)
    if not narrow.is_valid():
        raise Http404
    every = lines(here, as_at, narrow.terms, named=named)
    found = quality_of(here, as_at, asked)
    chosen = narrow.chosen(every, found)
    shown = Paginator(chosen, LINES).get_page(request.GET.get("page"))
    return {
        "named": named,
        "filter": narrow,
        "chosen": chosen,
        "places": shown,
        "bars": [_bar(line, as_at) for line in shown],
        "is_folded": len(shown) > FOLDED,
        "side": SIDE_BY_SIDE[Unit.Kind(here.kind)],
        "head": BELOW[Unit.Kind(here.kind)].label,
        "query": urlencode({**as_at.fields, **narrow.given}),
        "days_asked": urlencode(as_at.fields),
        "lacks": _lacks(every, found, here, named=named) if as_at.is_today else [],
        "total": len(every),
    }


def _lacks(every: list[Line], found: Quality, here: Unit, *, named: bool) -> dict[str, Any]:
    return {
        "places": lacks_of_places(every),
        "people": lacks_of_people(found, here, named=named),
    }


def _people(
    request: MemberRequest, here: Unit, as_at: AsAt, asked: Sequence[Terms]
) -> dict[str, Any]:
    """Return who has a post in the unit itself, and write that they were looked at."""
    page = Paginator(listed(here, as_at, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    record_view(request, here, list(page), as_at)
    return {"page": page}


def _figures(here: Unit, as_at: AsAt, asked: Sequence[Terms], *, named: bool) -> dict[str, Any]:
    """Return how the people of the unit stand, in a sentence, numbers and a line over months."""
    tally = tallies.tally(here, as_at=as_at, asked=asked)
    line = {"months": months(here, as_at, named=named)}
    if named:
        said = {"sentence": sentence(here.name, tally), "beside": beside(tally)}
        return line | said | {"tally": tally}
    shown = shown_here(here, tally, as_at, asked)
    return line | {"shown": shown, "sentence": sentence_of_figures(here.name, shown)}


def _bar(line: Line, as_at: AsAt) -> dict[str, Any]:
    """Return what is drawn of a place: nothing, if its share is not shown."""
    row = {"name": line.unit.name, "href": _address(line.unit, as_at)}
    if line.shown.percentage is None:
        return row | {"share": line.share}
    return row | {
        "share": line.share,
        "value": line.shown.up_to_date,
        "total": line.shown.people,
    }


def _address(unit: Unit, as_at: AsAt) -> str:
    return reverse("compliance:unit", args=[unit.code]) + as_at.query
