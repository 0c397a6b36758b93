"""An officer reminds people of their training: first a page shows what is sent, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from compliance.duty.people import AsAt, person_of
from compliance.duty.status import Standing
from compliance.reminders import sending
from compliance.reports.showing import listed, overseen, record_view
from members.access import Rule, access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.duty.people import Person
    from members.http import MemberRequest
    from members.models import Unit

NOBODY = "Nothing was sent: there is nobody who can be reminded now."


@access(Rule.OVERSEER)
def remind(request: MemberRequest, code: str, member_id: int) -> HttpResponse:
    """Remind one person of the unit or below it."""
    here = overseen(request, code)
    person = person_of(here, member_id)
    if person is None:
        raise Http404
    back = reverse("compliance:person", args=[here.code, member_id])
    return _remind(request, here, [person], back)


@access(Rule.OVERSEER)
def remind_overdue(request: MemberRequest, code: str) -> HttpResponse:
    """Remind everybody on the unit's page who is overdue or whose training has ended."""
    here = overseen(request, code)
    people = listed(here, AsAt.today())
    overdue = [person for person in people if person.standing == Standing.OVERDUE]
    return _remind(request, here, overdue, reverse("compliance:unit", args=[here.code]))


def _remind(
    request: MemberRequest, here: Unit, people: Sequence[Person], back: str
) -> HttpResponse:
    if request.method == "POST":
        sent = sending.remind(people=people, unit=here, by=request.user).ready
        messages.success(request, _told(sent)) if sent else messages.info(request, NOBODY)
        return redirect(back)
    record_view(request, here, people, AsAt.today())
    choice = sending.choose(people, by=request.user)
    sample = choice.ready and sending.draft(choice.ready[0], unit=here, by=request.user)
    context = {"unit": here, "people": people, "choice": choice, "back": back, "sample": sample}
    return render(request, "compliance/remind.html", context)


def _told(sent: Sequence[Person]) -> str:
    if len(sent) == 1:
        return f"A reminder is on its way to {sent[0].name}."
    return f"Reminders are on their way to {len(sent)} people."
