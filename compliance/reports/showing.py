"""What every page about a unit begins with: the unit, the day asked for, and what frames it.

Rights are today's, whatever day a report is about: who no longer oversees a unit does not see how
it stood when they did.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.duty.days import DayForm
from compliance.duty.people import ids, people_of
from members import audit
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, ParamSpec

    from django.http import HttpResponse

    from compliance.duty.people import AsAt, Person
    from compliance.duty.terms import Terms
    from members.http import MemberRequest

    Rest = ParamSpec("Rest")
    Shown = Callable[Concatenate[MemberRequest, Unit, AsAt, Rest], HttpResponse]
    Asked = Callable[..., HttpResponse]  # an address names what it gives

WITH_PARTS = (Unit.Kind.PARTY, Unit.Kind.REGION)


def of_unit(view: Shown[Rest]) -> Asked:
    """Give a view the unit its address names, if it is theirs, and the day that is asked for."""
    return _of(overseen, view)


def of_figured_unit(view: Shown[Rest]) -> Asked:
    """The same for who may see the unit's figures: the names are another question."""
    return _of(figured, view)


def _of(find: Callable[[MemberRequest, str], Unit], view: Shown[Rest]) -> Asked:
    @wraps(view)
    def page(
        request: MemberRequest, code: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        here = find(request, code)
        days = DayForm(request.GET)
        if not days.is_valid():
            context = {"unit": here, "above": _above(request, here), "days": days}
            return render(request, "compliance/days.html", context, status=400)
        return view(request, here, days.as_at, *args, **kwargs)

    return page


def overseen(request: MemberRequest, code: str) -> Unit:
    """Return a unit this person oversees today; another does not exist."""
    found: Unit = get_object_or_404(Unit.objects.overseen_by(request.user), code=code)
    return found


def figured(request: MemberRequest, code: str) -> Unit:
    """Return a unit whose figures this person may see today. A branch is too small for figures."""
    units = Unit.objects.figured_by(request.user)
    found: Unit = get_object_or_404(units, code=code)
    if found.kind == Unit.Kind.BRANCH and not may_name(request, found):
        raise Http404
    return found


def may_name(request: MemberRequest, here: Unit) -> bool:
    """Whether this person may see people of the unit by name today."""
    overseen_paths: list[str] = request.user.overseen_paths()
    return any(here.path.startswith(path) for path in overseen_paths)


def listed(here: Unit, as_at: AsAt, asked: Sequence[Terms] | None = None) -> list[Person]:
    """Return whom a unit's page names."""
    # Above the CLPs only the posts of the unit itself are listed; the rest is a page further down.
    return people_of(here, as_at=as_at, below=here.kind not in WITH_PARTS, asked=asked)


def record_view(request: MemberRequest, here: Unit, people: Sequence[Person], as_at: AsAt) -> None:
    """Write who is shown by name, each of them once, before the page is."""
    if people:
        audit.record(
            "compliance.viewed", by=request.user, unit=here, about=ids(people), **as_at.fields
        )


def frame(request: MemberRequest, here: Unit, as_at: AsAt) -> dict[str, Any]:
    """Return what every page about a unit needs: its day and, as far as they may go, the way up."""
    above = _above(request, here)
    return {"unit": here, "above": above, "as_at": as_at, "now": timezone.now()}


def _above(request: MemberRequest, here: Unit) -> list[Unit]:
    figured_paths = tuple(request.user.figured_paths())
    paths = [here.path[:end] for end in range(Unit.steplen, len(here.path), Unit.steplen)]
    theirs = [path for path in paths if path.startswith(figured_paths)]
    return list(Unit.objects.filter(path__in=theirs)) if theirs else []
