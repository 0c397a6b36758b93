"""The pages of who oversees a unit. A unit that is not theirs today does not exist: 404.

Each page that shows people by name first writes that they were looked at. If that cannot be written
there is no page. Only the writing is a transaction: while it lasts, nobody else's can be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from compliance import actions, posts, tallies, terms
from compliance.duties import for_member
from compliance.export import as_csv
from compliance.forms import ExportForm, PartsFilter, PeopleFilter
from compliance.people import how_met, ids, people_of, person_of
from compliance.wording import due_by, sentence
from members import audit
from members.access import Rule, access
from members.dates import today
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.people import Person
    from compliance.terms import Terms
    from members.http import MemberRequest

PAGE_SIZE = 50
WITH_PARTS = (Unit.Kind.PARTY, Unit.Kind.REGION)


@access(Rule.OVERSEER)
def home(request: MemberRequest) -> HttpResponse:
    """Lead to the one unit this person oversees, or list them."""
    units = list(Unit.objects.filter(path__in=request.user.overseen_paths()))
    if len(units) == 1:
        return redirect("compliance:unit", units[0].code)
    return render(request, "compliance/home.html", {"units": units})


@access(Rule.OVERSEER)
def unit(request: MemberRequest, code: str) -> HttpResponse:
    """Show how the people of a unit stand: by name in a CLP, counted by part above it."""
    here = _overseen(request, code)
    if here.kind in WITH_PARTS:
        return _page_of_parts(request, here)
    return _page_of_people(request, here)


@access(Rule.OVERSEER)
def person(request: MemberRequest, code: str, member_id: int) -> HttpResponse:
    """Show one person as who oversees the unit may see them."""
    here = _overseen(request, code)
    found = person_of(here, member_id)
    if found is None:
        raise Http404
    audit.record("compliance.viewed", by=request.user, unit=here, about=ids([found]))
    context = _frame(request, here) | {"person": found, "duties": how_met(found)}
    return render(request, "compliance/person.html", context)


@access(Rule.OVERSEER)
@transaction.atomic
def export(request: MemberRequest, code: str) -> HttpResponse:
    """Ask why the file is wanted, then hand it over: the list as the page shows it."""
    here = _overseen(request, code)
    chosen = _filter(request, _listed(here)).chosen()
    form = ExportForm(request.POST if request.method == "POST" else None)
    left = actions.exports_left(request.user)
    if not left:
        return render(request, "compliance/export_later.html", _frame(request, here), status=429)
    if not form.is_valid():
        context = _frame(request, here) | {"form": form, "people": chosen, "left": left}
        return render(request, "compliance/export.html", context)
    file = actions.export_people(
        unit=here, people=chosen, reason=form.cleaned_data["reason"], by=request.user
    )
    return as_csv(file)


def _page_of_people(request: MemberRequest, here: Unit) -> HttpResponse:
    asked = terms.in_force(on=today())
    everyone = _listed(here, asked)
    narrow = _filter(request, everyone)
    chosen = narrow.chosen()
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    ending = posts.ending(everyone)
    _record_view(request, here, [*page, *(person for person, _ in ending)])
    tally = tallies.tally_of(everyone)
    context = _frame(request, here) | {
        "tally": tally,
        "sentence": sentence(here.name, tally, due_by(everyone)),
        "own": for_member(request.user, asked=asked),
        "filter": narrow,
        "page": page,
        "ending": ending,
        "vacant": posts.vacant(here),
    }
    return render(request, "compliance/people.html", context)


def _page_of_parts(request: MemberRequest, here: Unit) -> HttpResponse:
    asked = terms.in_force(on=today())
    people = _listed(here, asked)
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    _record_view(request, here, list(page))
    narrow = PartsFilter(request.GET)
    if not narrow.is_valid():
        raise Http404
    tally, parts = tallies.tally(here, asked=asked), tallies.parts(here, asked=asked)
    context = _frame(request, here) | {
        "tally": tally,
        "sentence": sentence(here.name, tally),
        "own": for_member(request.user, asked=asked),
        "filter": narrow,
        "parts": narrow.chosen([part for part in parts if not part.is_itself]),
        "page": page,
    }
    return render(request, "compliance/parts.html", context)


def _overseen(request: MemberRequest, code: str) -> Unit:
    found: Unit = get_object_or_404(Unit.objects.overseen_by(request.user), code=code)
    return found


def _listed(here: Unit, asked: Sequence[Terms] | None = None) -> list[Person]:
    # Above the CLPs only the posts of the unit itself are listed; the rest is a page further down.
    return people_of(here, below=here.kind not in WITH_PARTS, asked=asked)


def _filter(request: MemberRequest, people: list[Person]) -> PeopleFilter:
    narrow = PeopleFilter(request.GET, people)
    if not narrow.is_valid():
        raise Http404
    return narrow


def _record_view(request: MemberRequest, here: Unit, people: list[Person]) -> None:
    if people:
        audit.record("compliance.viewed", by=request.user, unit=here, about=ids(people))


def _frame(request: MemberRequest, here: Unit) -> dict[str, Any]:
    """Return what every page about a unit needs: the way back up, as far as this person may go."""
    return {"unit": here, "above": _above(request, here), "as_at": timezone.now()}


def _above(request: MemberRequest, here: Unit) -> list[Unit]:
    overseen = tuple(request.user.overseen_paths())
    paths = [here.path[:end] for end in range(Unit.steplen, len(here.path), Unit.steplen)]
    theirs = [path for path in paths if path.startswith(overseen)]
    return list(Unit.objects.filter(path__in=theirs)) if theirs else []
