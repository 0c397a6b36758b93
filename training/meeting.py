"""Papers of compliance for a meeting: the roof puts the figures and what draws PDF together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse

from compliance.duty import tallies
from compliance.duty.people import ids
from compliance.reports import posts
from compliance.reports.asking import ask_why
from compliance.reports.handing_out import hand_out
from compliance.reports.return_views import return_context, return_of
from compliance.reports.showing import WITH_PARTS, frame, listed, of_unit
from compliance.reports.wording import beside, due_by, sentence
from members.access import Rule, access
from members.handing_out import Stamp
from training.papers import paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.duty.people import AsAt, Person
    from members.http import MemberRequest
    from members.models import Unit

SHORT = 8  # letters of a return's hash that are its paper's number


class NotMadeError(Exception):
    """No PDF could be made: nothing left the site, so nothing is recorded or counted."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer


@dataclass(frozen=True)
class Paper:
    """A PDF with names in it, as it is answered."""

    answer: HttpResponse

    @property
    def content(self) -> bytes:
        return self.answer.content


@access(Rule.OVERSEER)
@of_unit
def people(request: MemberRequest, here: Unit, as_at: AsAt) -> HttpResponse:
    """Ask why, then hand over the unit's page as a paper for its executive."""
    if here.kind in WITH_PARTS:
        raise Http404
    everyone = listed(here, as_at)
    context = frame(request, here, as_at) | {"people": everyone}

    def make(stamp: Stamp) -> Paper:
        said = context | _said(here, as_at, everyone) | _made(stamp)
        answer = paper("compliance/paper.html", said, request=request)
        if answer.status_code != HttpResponse.status_code:
            raise NotMadeError(answer)
        return Paper(answer)

    def answer(reason: str) -> HttpResponse:
        made = hand_out(
            make=make,
            about=ids(everyone),
            unit=here,
            reason=reason,
            by=request.user,
            file="paper",
            **as_at.days,
        )
        return made.answer

    asking = context | {"what": "paper", "button": "Download the paper"}
    try:
        return ask_why(request, asking, answer)
    except NotMadeError as failed:
        return failed.answer


@access(Rule.OVERSEER)
@of_unit
def signed_return(
    request: MemberRequest, here: Unit, as_at: AsAt, quarter: str, number: int
) -> HttpResponse:
    """Hand over a signed return as a paper. It holds no names but the signer's."""
    found = return_of(here, quarter, number)
    context = frame(request, here, as_at) | return_context(here, found)
    context |= _made(Stamp(request.user, context["now"], found.sha256[:SHORT].upper()))
    context["title"] = f"{found.figures['unit']}: training return, {found.period.words}"
    context["back"] = reverse("compliance:return", args=[here.code, quarter, number])
    return paper("compliance/return_paper.html", context, request=request)


def _made(stamp: Stamp) -> dict[str, Any]:
    return {"made_by": stamp.by.get_full_name(), "made_at": stamp.at, "serial": stamp.serial}


def _said(here: Unit, as_at: AsAt, everyone: Sequence[Person]) -> dict[str, Any]:
    tally, vacant = tallies.tally_of(everyone), posts.vacant(here, as_at)
    return {
        "title": f"{here.name}: training",
        "back": reverse("compliance:unit", args=[here.code]) + as_at.query,
        "tally": tally,
        "sentence": sentence(here.name, tally, due_by(everyone)),
        "beside": beside(tally),
        "requirements": tallies.by_requirement(everyone),
        "ending": posts.ending(everyone, as_at),
        "vacant": vacant,
        "stand_in": posts.stand_in(here, vacant),
    }
