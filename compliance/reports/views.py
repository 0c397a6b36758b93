"""The pages of who oversees a unit. A unit that is not theirs today does not exist: 404.

Each page that shows people by name first writes that they were looked at. If that cannot be written
there is no page. Only the writing is a transaction: while it lasts, nobody else's can be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from compliance.duty import tallies, terms
from compliance.duty.duties import for_member
from compliance.duty.people import person_of
from compliance.reports import posts
from compliance.reports.asking import ask_why
from compliance.reports.detail import details_of
from compliance.reports.export import as_csv
from compliance.reports.forms import PeopleFilter
from compliance.reports.handing_out import export_people
from compliance.reports.region import months
from compliance.reports.region_views import page_of_figures, page_of_parts
from compliance.reports.showing import (
    WITH_PARTS,
    frame,
    listed,
    may_name,
    of_figured_unit,
    of_unit,
    record_view,
)
from compliance.reports.wording import beside, due_by, sentence
from members.access import Rule, access
from members.models import Unit

if TYPE_CHECKING:
    from compliance.duty.people import AsAt, Person
    from members.http import MemberRequest

PAGE_SIZE = 50


@access(Rule.FIGURES)
def home(request: MemberRequest) -> HttpResponse:
    """Lead to the one unit this person oversees or sees the figures of, or list them."""
    units = list(Unit.objects.filter(path__in=request.user.figured_paths()))
    if len(units) == 1:
        return redirect("compliance:unit", units[0].code)
    return render(request, "compliance/home.html", {"units": units})


@access(Rule.FIGURES)
@of_figured_unit
def unit(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """Show how the people of a unit stand: by name in a CLP, counted by part above it."""
    if here.kind in WITH_PARTS:
        return page_of_parts(request, here, as_at)
    if not may_name(request, here):
        return page_of_figures(request, here, as_at)
    return _page_of_people(request, here, as_at)


@access(Rule.OVERSEER)
@of_unit
def person(request: MemberRequest, here: Unit, as_at: AsAt, member_id: int) -> HttpResponse:
    """Show one person as who oversees the unit may see them."""
    found = person_of(here, member_id, as_at=as_at)
    if found is None:
        raise Http404
    record_view(request, here, [found], as_at)
    details = details_of(found, as_at)
    context = frame(request, here, as_at) | {"person": found, "details": details}
    return render(request, "compliance/person.html", context)


@access(Rule.OVERSEER)
@of_unit
def export(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """Ask why the file is wanted, then hand it over: the list as the page shows it."""
    chosen = _filter(request, listed(here, as_at)).chosen()

    def answer(reason: str) -> HttpResponse:
        return as_csv(
            export_people(unit=here, people=chosen, reason=reason, by=request.user, as_at=as_at)
        )

    return ask_why(request, frame(request, here, as_at) | {"people": chosen}, answer)


def _page_of_people(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    asked = terms.in_force(on=as_at.on, known_on=as_at.known_on)
    everyone = listed(here, as_at, asked)
    narrow = _filter(request, everyone)
    page = Paginator(narrow.chosen(), PAGE_SIZE).get_page(request.GET.get("page"))
    ending, vacant = posts.ending(everyone, as_at), posts.vacant(here, as_at)
    record_view(request, here, [*page, *(person for person, _ in ending)], as_at)
    tally = tallies.tally_of(everyone)
    context = frame(request, here, as_at) | {
        "tally": tally,
        "sentence": sentence(here.name, tally, due_by(everyone)),
        "beside": beside(tally),
        "requirements": tallies.by_requirement(everyone),
        "own": for_member(request.user, asked=asked) if as_at.is_today else [],
        "filter": narrow,
        "query": urlencode({**as_at.fields, **narrow.asked}),
        "page": page,
        "listed": len(everyone),
        "ending": ending,
        "vacant": vacant,
        "stand_in": posts.stand_in(here, vacant),
        "months": months(here, as_at, named=True),
    }
    return render(request, "compliance/people.html", context)


def _filter(request: MemberRequest, people: list[Person]) -> PeopleFilter:
    narrow = PeopleFilter(request.GET, people)
    if not narrow.is_valid():
        raise Http404
    return narrow
